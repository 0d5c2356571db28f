package io.sallyport.userstore.jdbc.internal.attempts;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The id of a row. In their order, clients come before accounts, which is the order of all locks.
 *
 * @param hex its bytes
 */
record RowKey(String hex) implements Comparable<RowKey> {

  private static final String USER = "02";

  static RowKey of(byte kind, int number) {
    return of(ByteBuffer.allocate(1 + Integer.BYTES).put(kind).putInt(number).array());
  }

  static RowKey of(byte kind, long high, long low) {
    return of(ByteBuffer.allocate(1 + 2 * Long.BYTES)
        .put(kind)
        .putLong(high)
        .putLong(low)
        .array());
  }

  static RowKey of(byte[] bytes) {
    return new RowKey(HexFormat.of().formatHex(bytes));
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /** Whether it is that of an account that a store knows. */
  boolean isOfUser() {
    return hex.startsWith(USER);
  }

  @Override
  public int compareTo(RowKey other) {
    return hex.compareTo(other.hex);
  }
}
