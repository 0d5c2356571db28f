package io.sallyport.userstore.jdbc.internal.tokens;

import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Texts as bytes such that any text of Java can be kept, bytes are in the order of UTF-16 code units, and a part of a
 * text is a part of its bytes and nothing else is: CESU-8 (Unicode Technical Report 26), that is UTF-8 of each code
 * unit. Of texts without supplementary characters it is the UTF-8.
 */
final class Units {

  private static final int ONE_BYTE = 0x80;
  private static final int TWO_BYTES = 0x800;
  private static final int SIX_BITS = 0x3f;

  private Units() {}

  static byte[] encode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < ONE_BYTE) {
        bytes.write(unit);
      } else if (unit < TWO_BYTES) {
        bytes.write(0xc0 | (unit >> 6));
        bytes.write(ONE_BYTE | (unit & SIX_BITS));
      } else {
        bytes.write(0xe0 | (unit >> 12));
        bytes.write(ONE_BYTE | ((unit >> 6) & SIX_BITS));
        bytes.write(ONE_BYTE | (unit & SIX_BITS));
      }
    }
    return bytes.toByteArray();
  }

  /** The text of a column that is never null. */
  static String read(ResultSet row, String column) throws SQLException {
    return decode(row.getBytes(column));
  }

  static @Nullable String readOrNull(ResultSet row, String column) throws SQLException {
    byte[] bytes = row.getBytes(column);
    return bytes == null ? null : decode(bytes);
  }

  /** Turns back what {@link #encode} made. */
  static String decode(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    int at = 0;
    while (at < bytes.length) {
      int first = bytes[at] & 0xff;
      int more = first < ONE_BYTE ? 0 : first < 0xe0 ? 1 : 2;
      int unit = more == 0 ? first : more == 1 ? first & 0x1f : first & 0x0f;
      for (int i = 1; i <= more; i++) {
        unit = (unit << 6) | (bytes[at + i] & SIX_BITS);
      }
      text.append((char) unit);
      at += more + 1;
    }
    return text.toString();
  }
}
