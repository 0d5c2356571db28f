package io.sallyport.core.internal.transport;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ranges of IP addresses, as a configuration names them: {@code 10.0.0.0/8}, {@code fd00::/8}, {@code
 * 192.0.2.1}. What is no IP address lies in none of them. Immutable.
 */
public final class AddressRanges {

  /** The addresses of the machine itself. */
  public static final AddressRanges LOOPBACK = of(List.of("127.0.0.0/8", "::1"));

  private static final int FEWEST_BITS_OF_A_NETWORK = 7;

  private final List<Range> ranges;

  private AddressRanges(Collection<Range> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  private record Range(NumericAddress first, int bits) {
    @Override
    public String toString() {
      return bits == first.length() ? first.toString() : first + "/" + bits;
    }
  }

  /**
   * Reads ranges.
   *
   * @param texts single addresses, and ranges in the form address/bits
   * @return the ranges
   * @throws IllegalArgumentException if there is none, or one is in another form, has bits set behind its
   *     prefix, or is all addresses; the message tells what to write instead
   */
  public static AddressRanges of(Collection<String> texts) {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException(
          "expected at least one address or range, such as 192.0.2.1, 10.0.0.0/8 or fd00::/8");
    }
    Set<Range> ranges = new LinkedHashSet<>();
    texts.forEach(text -> ranges.add(range(text)));
    return new AddressRanges(ranges);
  }

  /**
   * Reads ranges that are the networks of somebody. Two that are wider can be all addresses.
   *
   * @param texts as for {@link #of}
   * @return the ranges
   * @throws IllegalArgumentException as {@link #of}, and if one is wider than /7
   */
  public static AddressRanges ofNetworks(Collection<String> texts) {
    AddressRanges read = of(texts);
    for (Range range : read.ranges) {
      if (range.bits() < FEWEST_BITS_OF_A_NETWORK) {
        throw new IllegalArgumentException(
            "\"" + range + "\" is no network of anybody's: expected" + " ranges of at least "
                + FEWEST_BITS_OF_A_NETWORK + " bits, such as 10.0.0.0/8 or fd00::/8");
      }
    }
    return read;
  }

  private static Range range(String text) {
    int slash = text.indexOf('/');
    String written = slash < 0 ? text : text.substring(0, slash);
    NumericAddress address = NumericAddress.parse(written);
    if (address == null) {
      throw new IllegalArgumentException("\"" + text + "\" is no address or range: expected a form"
          + " such as 192.0.2.1, 10.0.0.0/8 or fd00::/8; names are not resolved");
    }
    int bits = slash < 0 ? address.length() : bits(text, slash + 1, address);
    if (address.v4() && written.indexOf(':') >= 0) {
      throw new IllegalArgumentException("\"" + text + "\" wraps an IPv4 address: write that,"
          + " such as " + address + (slash < 0 || bits <= 96 ? "" : "/" + (bits - 96)));
    }
    if (bits == 0) {
      throw new IllegalArgumentException("\"" + text + "\" is every address there is, and so"
          + " restricts nothing: name the addresses that are meant");
    }
    NumericAddress first = address.first(bits);
    if (!first.equals(address)) {
      throw new IllegalArgumentException("\"" + text + "\" has bits set behind its first " + bits
          + ": write " + first + "/" + bits + " for the range, or " + address
          + " for the address alone");
    }
    return new Range(first, bits);
  }

  private static int bits(String text, int from, NumericAddress address) {
    int most = text.indexOf(':') >= 0 ? 128 : 32;
    String digits = text.substring(from);
    boolean isNumber = !digits.isEmpty()
        && digits.length() <= 3
        && digits.chars().allMatch(c -> c >= '0' && c <= '9')
        && (digits.length() == 1 || digits.charAt(0) != '0');
    if (!isNumber || Integer.parseInt(digits) > most) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no range: expected a number from 1 to " + most
              + " behind the slash, such as " + address + "/" + most);
    }
    return Integer.parseInt(digits);
  }

  /** Whether an address lies in one of the ranges. */
  public boolean contains(@Nullable NumericAddress address) {
    if (address == null) {
      return false;
    }
    for (Range range : ranges) {
      if (address.startsAs(range.first(), range.bits())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the address of a connection, in the words of a container, lies in one of the ranges. */
  public boolean containsConnection(String address) {
    return contains(NumericAddress.ofConnection(address));
  }

  @Override
  public String toString() {
    return ranges.toString();
  }
}
