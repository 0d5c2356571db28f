package io.sallyport.core.internal.transport;

import org.jspecify.annotations.Nullable;

/**
 * An IP address as a number. Never resolves a name.
 *
 * <p>One address has one form: an IPv6 address that only wraps an IPv4 address ({@code ::ffff:192.0.2.1})
 * is that IPv4 address. Written out, IPv6 is in the form of RFC 5952.
 *
 * @param v4 whether it is an IPv4 address
 * @param high the first 64 bits; those of an IPv4 address are the first 32 of them
 * @param low the last 64 bits
 */
public record NumericAddress(boolean v4, long high, long low) {

  private static final long WRAPPED = 0xffff;

  static NumericAddress v4(long bits) {
    return new NumericAddress(true, bits << 32, 0);
  }

  static NumericAddress v6(long high, long low) {
    return high == 0 && low >>> 32 == WRAPPED
        ? v4(low & 0xffff_ffffL)
        : new NumericAddress(false, high, low);
  }

  /**
   * Reads an address strictly: four decimal numbers without leading zeros, or IPv6 by RFC 4291 without
   * brackets and zone.
   *
   * @return null if it is anything else
   */
  public static @Nullable NumericAddress parse(String text) {
    return AddressText.parse(text, 0, text.length());
  }

  /**
   * Reads the address of a connection in the words of a container, which may have brackets and a zone.
   *
   * @return null if the connection has no IP address, such as that of a Unix socket
   */
  public static @Nullable NumericAddress ofConnection(String text) {
    int from = 0;
    int to = text.length();
    if (to > 1 && text.charAt(0) == '[' && text.charAt(to - 1) == ']') {
      from++;
      to--;
    }
    int zone = text.indexOf('%');
    return AddressText.parse(text, from, zone < 0 ? to : Math.min(zone, to));
  }

  /**
   * The address of a connection in its one form.
   *
   * @return the text as it is if it is no IP address
   */
  public static String normalized(String text) {
    if (text.indexOf(':') < 0) {
      // nobody writes the address of a connection in two forms of IPv4
      return text;
    }
    NumericAddress address = ofConnection(text);
    return address == null ? text : address.toString();
  }

  /**
   * What one client has of the addresses: an IPv4 address, or 64 bits of IPv6.
   *
   * @return the text as it is if it is no IPv6 address
   */
  public static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    NumericAddress parsed = ofConnection(address);
    if (parsed == null) {
      return address;
    }
    return parsed.v4 ? parsed.toString() : parsed.first(Long.SIZE) + "/64";
  }

  /** How many bits it has. */
  int length() {
    return v4 ? 32 : 128;
  }

  /** Whether the first bits are those of another address of the same kind. */
  boolean startsAs(NumericAddress other, int bits) {
    return v4 == other.v4
        && ((high ^ other.high) & highMask(bits)) == 0
        && ((low ^ other.low) & lowMask(bits)) == 0;
  }

  /** The same address with all bits behind the first ones set to zero. */
  NumericAddress first(int bits) {
    return new NumericAddress(v4, high & highMask(bits), low & lowMask(bits));
  }

  private static long highMask(int bits) {
    if (bits >= Long.SIZE) {
      return -1L;
    }
    return bits == 0 ? 0 : -1L << (Long.SIZE - bits);
  }

  private static long lowMask(int bits) {
    return bits <= Long.SIZE ? 0 : highMask(bits - Long.SIZE);
  }

  @Override
  public String toString() {
    return AddressText.write(this);
  }
}
