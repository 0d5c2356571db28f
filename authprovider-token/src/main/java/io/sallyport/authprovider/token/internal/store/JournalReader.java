package io.sallyport.authprovider.token.internal.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a journal, as far as they are whole.
 *
 * <p>What a crash may leave behind its last line is no damage: part of a line, or blocks that were never
 * written and read as zeros, provided that nothing that was written later follows. Everything else that is
 * wrong is damage.
 */
final class JournalReader {

  /** Blocks of a disk begin at multiples of this. */
  private static final int BLOCK = 512;

  private final Path file;
  private long position;
  private long lines;
  private long seq;
  private long weight;

  JournalReader(Path file) {
    this.file = file;
  }

  /** Where the next line is to begin. */
  long position() {
    return position;
  }

  /** The number of the last change. */
  long seq() {
    return seq;
  }

  /** How many entries the changes were about, since the header. */
  long weight() {
    return weight;
  }

  /** Counts in what was written by this process, and need not be read. */
  void wrote(long bytes, long changes, long entries) {
    position += bytes;
    lines += changes;
    seq += changes;
    weight += entries;
  }

  /** Sets the number of the change before the first one, which the header tells. */
  void startAt(long number) {
    seq = number;
  }

  /** Reads on. */
  void read(FileChannel channel, TokenTable table) throws IOException {
    Lines in = new Lines(channel, position);
    for (byte[] line = in.next(); line != null; line = in.next()) {
      if (!JournalLine.isWhole(line)) {
        requireUnwritten(line, in);
        return;
      }
      read(line, table);
      position = in.position();
      lines++;
    }
    requireBegun(in.rest());
  }

  private void read(byte[] line, TokenTable table) throws DamagedJournalException {
    Map<String, Object> members =
        JournalLine.members(line).orElseThrow(() -> damaged("it is no flat JSON object"));
    if (lines == 0) {
      readHeader(members);
      return;
    }
    if (number(members, "seq") != seq + 1) {
      throw damaged("its \"seq\" is not " + (seq + 1)
          + ": lines were taken out, put in or brought into another order");
    }
    try {
      Change change = ChangeMembers.read(members);
      table.apply(change);
      seq++;
      weight += change.weight();
    } catch (IllegalArgumentException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  private void readHeader(Map<String, Object> header) throws DamagedJournalException {
    if (!JournalLine.FORMAT.equals(header.get("format"))) {
      throw damaged("it is no header of a journal of tokens");
    }
    if (number(header, "version") != JournalLine.VERSION) {
      throw new DamagedJournalException(file + " is a journal of version " + header.get("version")
          + ", and this release reads version " + JournalLine.VERSION
          + "; use the release that wrote it, or a later one");
    }
    seq = number(header, "seq");
  }

  private static long number(Map<String, Object> members, String key) {
    return members.get(key) instanceof Number number ? number.longValue() : -1;
  }

  /** Of a last line without an end, there is only a part. */
  private void requireBegun(byte[] rest) throws DamagedJournalException {
    if (lines == 0) {
      throw damaged(rest.length == 0 ? "the file is empty" : "the header has no end");
    }
    if (rest.length > 1 && JournalLine.isWhole(Arrays.copyOf(rest, rest.length - 1))) {
      throw damaged("its line feed was overwritten");
    }
  }

  /** A line that is not whole was left by a crash, which wrote nothing behind it. */
  private void requireUnwritten(byte[] line, Lines in) throws IOException {
    if (lines == 0 || !isUnwritten(line)) {
      throw damaged("it is not what was written");
    }
    for (byte @Nullable [] later = in.next(); later != null; later = in.next()) {
      if (JournalLine.isWhole(later)
          && number(JournalLine.members(later).orElse(Map.of()), "batch") > seq + 1) {
        throw damaged("it is not what was written");
      }
    }
  }

  /** Whether zeros begin somewhere and go on to the end of a block. */
  private boolean isUnwritten(byte[] line) {
    int zero = 0;
    while (zero < line.length && line[zero] != 0) {
      zero++;
    }
    int end = zero;
    while (end < line.length && line[end] == 0) {
      end++;
    }
    return zero < end && (position + end) % BLOCK == 0;
  }

  private DamagedJournalException damaged(String why) {
    long line = lines + 1;
    String rest = line == 1
        ? "put a back-up in its place"
        : "put a back-up in its place, or, if all that was changed from that line on may be lost, deletions and"
            + " revocations included, stop what uses it and keep the lines before: (umask 077; head -n "
            + lines + " " + file.getFileName() + " > mended && mv mended " + file.getFileName()
            + ")";
    return new DamagedJournalException(file + " line " + line + ": " + why + "; " + rest);
  }
}
