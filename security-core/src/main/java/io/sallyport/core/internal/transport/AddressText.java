package io.sallyport.core.internal.transport;

import org.jspecify.annotations.Nullable;

/** Reads and writes IP addresses, strictly and without a name service. */
final class AddressText {

  private static final int GROUPS = 8;
  private static final int GROUP_BITS = 16;

  private final String text;
  private final int to;
  private int position;
  private long high;
  private long low;
  private int groups;
  private long headHigh;
  private long headLow;
  private int headGroups = -1;

  private AddressText(String text, int from, int to) {
    this.text = text;
    this.position = from;
    this.to = to;
  }

  /** Reads a part of a text; null if that is no address. */
  static @Nullable NumericAddress parse(String text, int from, int to) {
    long quad = quad(text, from, to);
    if (quad >= 0) {
      return NumericAddress.v4(quad);
    }
    var parser = new AddressText(text, from, to);
    return parser.readGroups() ? parser.address() : null;
  }

  /** Four decimal numbers; -1 if it is anything else. Leading zeros would be octal to some. */
  private static long quad(String text, int from, int to) {
    long bits = 0;
    int position = from;
    for (int part = 0; part < 4; part++) {
      int start = position;
      int number = 0;
      while (position < to && position - start < 3 && isDigit(text.charAt(position))) {
        number = number * 10 + text.charAt(position++) - '0';
      }
      int digits = position - start;
      if (digits == 0 || number > 255 || (digits > 1 && text.charAt(start) == '0')) {
        return -1;
      }
      bits = bits << 8 | number;
      if (part < 3 && (position >= to || text.charAt(position++) != '.')) {
        return -1;
      }
    }
    return position == to ? bits : -1;
  }

  private boolean readGroups() {
    if (text.startsWith("::", position) && position + 2 <= to) {
      gap();
      position += 2;
    }
    while (position < to) {
      int end = endOfGroup();
      if (end < to && text.charAt(end) == '.') {
        return readQuad();
      }
      if (end == position || groupCount() == GROUPS) {
        return false;
      }
      addGroup(end);
      if (!readSeparator()) {
        return false;
      }
    }
    return isComplete();
  }

  /** The colon behind a group, or the two that stand for groups of zeros. */
  private boolean readSeparator() {
    if (position == to) {
      return true;
    }
    if (text.charAt(position++) != ':' || position == to) {
      return false;
    }
    if (text.charAt(position) != ':') {
      return true;
    }
    position++;
    if (headGroups >= 0) {
      return false;
    }
    gap();
    return true;
  }

  /** An IPv4 address in the place of the last two groups. */
  private boolean readQuad() {
    long bits = quad(text, position, to);
    if (bits < 0 || groupCount() > GROUPS - 2) {
      return false;
    }
    append(bits >>> GROUP_BITS);
    append(bits & 0xffff);
    return isComplete();
  }

  private boolean isComplete() {
    return headGroups >= 0 ? groupCount() < GROUPS : groups == GROUPS;
  }

  private int groupCount() {
    return groups + Math.max(0, headGroups);
  }

  private int endOfGroup() {
    int end = position;
    while (end < to && end - position < 4 && hex(text.charAt(end)) >= 0) {
      end++;
    }
    return end;
  }

  private void addGroup(int end) {
    long group = 0;
    while (position < end) {
      group = group << 4 | hex(text.charAt(position++));
    }
    append(group);
  }

  private void append(long group) {
    high = high << GROUP_BITS | low >>> (Long.SIZE - GROUP_BITS);
    low = low << GROUP_BITS | group;
    groups++;
  }

  private void gap() {
    headHigh = high;
    headLow = low;
    headGroups = groups;
    high = 0;
    low = 0;
    groups = 0;
  }

  private NumericAddress address() {
    for (int group = headGroups; group >= 0 && group < GROUPS; group++) {
      headHigh = headHigh << GROUP_BITS | headLow >>> (Long.SIZE - GROUP_BITS);
      headLow <<= GROUP_BITS;
    }
    return NumericAddress.v6(headHigh | high, headLow | low);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int hex(char c) {
    if (isDigit(c)) {
      return c - '0';
    }
    int lower = c | 0x20;
    return c < 0x80 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  static String write(NumericAddress address) {
    return address.v4() ? writeQuad(address.high() >>> 32) : writeGroups(address);
  }

  private static String writeQuad(long bits) {
    return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "."
        + (bits & 255);
  }

  private static String writeGroups(NumericAddress address) {
    int run = 1;
    int start = -1;
    for (int i = 0; i < GROUPS; i++) {
      int zeros = zerosFrom(address, i);
      if (zeros > run) {
        run = zeros;
        start = i;
      }
    }
    StringBuilder written = new StringBuilder(39);
    for (int i = 0; i < GROUPS; i++) {
      if (i == start) {
        written.append("::");
        i += run - 1;
      } else {
        if (!written.isEmpty() && written.charAt(written.length() - 1) != ':') {
          written.append(':');
        }
        written.append(Integer.toHexString(group(address, i)));
      }
    }
    return written.toString();
  }

  private static int zerosFrom(NumericAddress address, int first) {
    int end = first;
    while (end < GROUPS && group(address, end) == 0) {
      end++;
    }
    return end - first;
  }

  private static int group(NumericAddress address, int index) {
    long half = index < 4 ? address.high() : address.low();
    return (int) (half >>> (Long.SIZE - GROUP_BITS * (index % 4 + 1)) & 0xffff);
  }
}
