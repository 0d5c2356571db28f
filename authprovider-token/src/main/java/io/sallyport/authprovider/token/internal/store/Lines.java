package io.sallyport.authprovider.token.internal.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** Reads a file from an offset on, line by line, without moving the position of its channel. */
final class Lines {

  private final FileChannel channel;
  private byte[] buffer = new byte[1 << 16];
  private int begin;
  private int end;

  /** Where the next byte comes from that is not in the buffer. */
  private long offset;

  Lines(FileChannel channel, long offset) {
    this.channel = channel;
    this.offset = offset;
  }

  /** Where the next line begins. */
  long position() {
    return offset - (end - begin);
  }

  /** The next line that has an end, without it; null if there is none. */
  byte @org.jspecify.annotations.Nullable [] next() throws IOException {
    int searched = begin;
    while (true) {
      for (int i = searched; i < end; i++) {
        if (buffer[i] == '\n') {
          byte[] line = Arrays.copyOfRange(buffer, begin, i);
          begin = i + 1;
          return line;
        }
      }
      int known = end - begin;
      if (!fill()) {
        return null;
      }
      searched = begin + known;
    }
  }

  /** What follows the last line that has an end, once there is none any more. */
  byte[] rest() {
    return Arrays.copyOfRange(buffer, begin, end);
  }

  private boolean fill() throws IOException {
    if (begin > 0) {
      System.arraycopy(buffer, begin, buffer, 0, end - begin);
      end -= begin;
      begin = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.multiplyExact(buffer.length, 2));
    }
    int read = channel.read(ByteBuffer.wrap(buffer, end, buffer.length - end), offset);
    if (read <= 0) {
      return false;
    }
    end += read;
    offset += read;
    return true;
  }
}
