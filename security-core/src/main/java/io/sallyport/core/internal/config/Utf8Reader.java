package io.sallyport.core.internal.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Text from bytes, strictly: what is not UTF-8, holds control characters or is too long breaks off with
 * a {@link BrokenDocumentException} instead of being repaired. A byte order mark at the start is left
 * out.
 */
final class Utf8Reader extends Reader {

  private static final int NO_LIMIT = -1;

  private final InputStream in;
  private final long maxBytes;
  private final int maxAhead;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8
      .newDecoder()
      .onMalformedInput(CodingErrorAction.REPORT)
      .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
  private final CharBuffer chars = CharBuffer.allocate(1 << 14).flip();
  private long consumed;
  private int ahead;
  private int line = 1;
  private boolean atStart = true;
  private boolean atEnd;

  /**
   * Reads from a stream.
   *
   * @param maxBytes how long the text may be
   * @param maxAhead how many characters may be read between two calls of {@link #progressed}, which
   *     bounds the memory of a parser that gathers one endless scalar
   */
  Utf8Reader(InputStream in, long maxBytes, int maxAhead) {
    this.in = in;
    this.maxBytes = maxBytes;
    this.maxAhead = maxAhead;
  }

  /** As above, for a parser that has bounds of its own. */
  Utf8Reader(InputStream in, long maxBytes) {
    this(in, maxBytes, NO_LIMIT);
  }

  /** The parser has delivered what it was gathering. */
  void progressed() {
    ahead = 0;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!chars.hasRemaining()) {
      if (atEnd) {
        return -1;
      }
      decode();
    }
    int count = Math.min(length, chars.remaining());
    chars.get(target, offset, count);
    check(target, offset, count);
    return count;
  }

  private void decode() throws IOException {
    boolean ended = fill();
    chars.clear();
    int before = bytes.position();
    CoderResult result = decoder.decode(bytes, chars, ended);
    consumed += bytes.position() - before;
    chars.flip();
    if (result.isError()) {
      throw new BrokenDocumentException(
          0, "the file is not UTF-8 at byte " + consumed + "; save it as UTF-8");
    }
    atEnd = ended && result.isUnderflow();
    if (atStart && chars.hasRemaining()) {
      atStart = false;
      if (chars.get(chars.position()) == '\uFEFF') {
        chars.get();
      }
    }
  }

  /** Gets more bytes; whether there are no more. */
  private boolean fill() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (count > 0) {
      bytes.position(bytes.position() + count);
    }
    bytes.flip();
    if (consumed + bytes.remaining() > maxBytes) {
      throw new BrokenDocumentException(0, tooLarge(maxBytes));
    }
    return count < 0;
  }

  static String tooLarge(long maxBytes) {
    return "the file is larger than " + maxBytes + " bytes, the most that is read";
  }

  private void check(char[] target, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      char c = target[i];
      if (c == '\n') {
        line++;
      } else if (isForbidden(c)) {
        throw new BrokenDocumentException(
            line,
            String.format(
                "the file holds the control character U+%04X; it is binary, or damaged, or not UTF-8",
                (int) c));
      }
    }
    ahead += count;
    if (maxAhead != NO_LIMIT && ahead > maxAhead) {
      throw new BrokenDocumentException(
          line,
          "more than " + maxAhead + " characters without the end of a value; is a quote missing?");
    }
  }

  private static boolean isForbidden(char c) {
    if (c < 0x7F) {
      return c < ' ' && c != '\t' && c != '\r';
    }
    return (c <= 0x9F && c != 0x85) || c >= 0xFFFE;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
