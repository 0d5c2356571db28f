package io.sallyport.core.internal.config;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies the UTF-8 bytes of a text with some changes, and keeps every other byte. For one copy.
 */
final class ChangedCopy {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final int BUFFER = 1 << 16;

  private final Iterator<TextChange> changes;
  private final boolean codePoints;
  private final OutputStream out;
  private final ByteArrayOutputStream part = new ByteArrayOutputStream();
  private @Nullable TextChange change;
  private boolean inChange;
  private long position;
  private String lineBreak = "\n";
  private int last;

  private ChangedCopy(List<TextChange> changes, boolean codePoints, OutputStream out) {
    this.changes =
        changes.stream().sorted(Comparator.comparingLong(TextChange::start)).iterator();
    this.codePoints = codePoints;
    this.out = out;
    proceed();
  }

  /**
   * Copies everything.
   *
   * @param in the text; UTF-8, with or without a byte order mark
   * @param changes what to change; no two of them overlap
   * @param codePoints whether places are counted in code points, else in UTF-16 units
   * @param out where the changed text goes; not closed
   * @throws IOException if that fails, or the text ends before a change
   */
  static void copy(InputStream in, List<TextChange> changes, boolean codePoints, OutputStream out)
      throws IOException {
    new ChangedCopy(changes, codePoints, out).copy(in);
  }

  private void copy(InputStream in) throws IOException {
    byte[] start = in.readNBytes(BYTE_ORDER_MARK.length);
    if (Arrays.equals(start, BYTE_ORDER_MARK)) {
      out.write(start);
    } else {
      copy(start, start.length);
    }
    byte[] buffer = new byte[BUFFER];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      copy(buffer, count);
    }
    apply();
    if (change != null) {
      throw new IOException("the text ends before a change of it");
    }
  }

  private void copy(byte[] bytes, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      int next = bytes[i] & 0xFF;
      if ((next & 0xC0) != 0x80) { // else it goes on with a character that has begun
        apply();
        position += next >= 0xF0 && !codePoints ? 2 : 1;
      }
      (inChange ? part : out).write(next);
      noteLineBreak(next);
    }
  }

  /** Ends and begins what ends and begins here. */
  private void apply() throws IOException {
    while (change != null && position >= (inChange ? change.end() : change.start())) {
      inChange = true;
      if (position >= change.end()) {
        String after = change.after().apply(part.toString(StandardCharsets.UTF_8));
        boolean putIn = change.start() == change.end();
        out.write(
            (putIn ? after.replace("\n", lineBreak) : after).getBytes(StandardCharsets.UTF_8));
        part.reset();
        inChange = false;
        proceed();
      }
    }
  }

  private void proceed() {
    change = changes.hasNext() ? changes.next() : null;
  }

  private void noteLineBreak(int next) {
    if (next == '\n') {
      lineBreak = last == '\r' ? "\r\n" : "\n";
    } else if (next == '\r') {
      lineBreak = "\r";
    }
    last = next;
  }
}
