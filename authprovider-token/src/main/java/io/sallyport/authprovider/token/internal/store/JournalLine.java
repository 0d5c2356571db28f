package io.sallyport.authprovider.token.internal.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.authprovider.token.internal.jws.StrictJson;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The form of a line of a journal: a JSON object whose first member is the CRC-32C of what follows it.
 *
 * <p>The first line is the header; every other one is a change. Changes are numbered without a gap ({@code
 * seq}), and tell with which number the writing began that they are part of ({@code batch}): all before that
 * was on disk when it began.
 */
final class JournalLine {

  static final String FORMAT = "sallyport-tokens";
  static final long VERSION = 1;

  private static final String BEGIN = "{\"crc\":\"";
  private static final int CRC_END = BEGIN.length() + 8;
  private static final int CONTENT = CRC_END + 2;

  private JournalLine() {}

  static byte[] header(long seq) {
    return line(
        new JsonObjectText().text("format", FORMAT).number("version", VERSION).number("seq", seq));
  }

  static byte[] change(long seq, long batch, Change change) {
    JsonObjectText members = new JsonObjectText().number("seq", seq).number("batch", batch);
    ChangeMembers.write(change, members);
    return line(members);
  }

  private static byte[] line(JsonObjectText members) {
    byte[] line = (BEGIN + "00000000\"," + members + "}\n").getBytes(UTF_8);
    byte[] crc = crc(line, line.length - 1);
    System.arraycopy(crc, 0, line, BEGIN.length(), crc.length);
    return line;
  }

  private static byte[] crc(byte[] line, int end) {
    CRC32C crc = new CRC32C();
    crc.update(line, CONTENT, end - CONTENT);
    return HexFormat.of().toHexDigits((int) crc.getValue()).getBytes(US_ASCII);
  }

  /** Whether bytes, without the line feed, are what was once written. */
  static boolean isWhole(byte[] line) {
    return line.length > CONTENT
        && new String(line, 0, BEGIN.length(), US_ASCII).equals(BEGIN)
        && Arrays.equals(line, BEGIN.length(), CRC_END, crc(line, line.length), 0, 8)
        && line[CRC_END] == '"'
        && line[CRC_END + 1] == ',';
  }

  /** The members of a line that is whole; empty if it is none of ours all the same. */
  static Optional<Map<String, Object>> members(byte[] line) {
    return StrictJson.object(line);
  }
}
