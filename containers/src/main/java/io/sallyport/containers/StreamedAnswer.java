package io.sallyport.containers;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes the caller line by line, whenever the container is ready for more. */
final class StreamedAnswer implements WriteListener {

  private static final int LINES = 200;

  private final AsyncContext async;
  private final ServletOutputStream out;
  private final String expected;
  private int lines;

  StreamedAnswer(AsyncContext async, String expected) throws IOException {
    this.async = async;
    this.out = async.getResponse().getOutputStream();
    this.expected = expected;
  }

  void begin() {
    out.setWriteListener(this);
  }

  @Override
  public void onWritePossible() throws IOException {
    while (lines < LINES && out.isReady()) {
      String caller = Caller.of(async.getRequest());
      out.write(((caller.equals(expected) ? caller : "MIXED UP") + "\n")
          .getBytes(StandardCharsets.UTF_8));
      lines++;
    }
    if (lines == LINES && out.isReady()) {
      lines++;
      async.complete();
    }
  }

  @Override
  public void onError(Throwable thrown) {
    async.complete();
  }
}
