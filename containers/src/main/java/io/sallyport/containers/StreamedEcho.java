package io.sallyport.containers;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads a body as it comes in, and answers with it and the caller. */
final class StreamedEcho implements ReadListener {

  private final AsyncContext async;
  private final ServletInputStream in;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  StreamedEcho(AsyncContext async) throws IOException {
    this.async = async;
    this.in = async.getRequest().getInputStream();
  }

  void begin() {
    in.setReadListener(this);
  }

  @Override
  public void onDataAvailable() throws IOException {
    byte[] buffer = new byte[256];
    while (in.isReady() && !in.isFinished()) {
      int read = in.read(buffer);
      if (read < 0) {
        return;
      }
      body.write(buffer, 0, read);
    }
  }

  @Override
  public void onAllDataRead() throws IOException {
    async
        .getResponse()
        .getWriter()
        .print(body.toString(StandardCharsets.UTF_8) + " " + Caller.of(async.getRequest()));
    async.complete();
  }

  @Override
  public void onError(Throwable thrown) {
    async.complete();
  }
}
