package io.sallyport.core.internal.rules;

import org.jspecify.annotations.Nullable;

/**
 * Decodes a raw path strictly, as the Servlet specification 6.0 section 3.5.2 says, and refuses whatever
 * two programs may read in two ways. Used for one path and thrown away.
 */
final class RawPath {

  private final String raw;
  private final TargetPolicy policy;
  private final StringBuilder decoded;
  private int position;
  private int segmentStart = 1;
  private boolean inParameter;
  private @Nullable String problem;

  private RawPath(String raw, TargetPolicy policy) {
    this.raw = raw;
    this.policy = policy;
    this.decoded = new StringBuilder(raw.length());
  }

  /**
   * Decodes.
   *
   * @return the path with its parameters removed, or what is wrong with it
   */
  static Result decode(String raw, TargetPolicy policy) {
    return new RawPath(raw, policy).run();
  }

  /** Exactly one of the two is there. */
  record Result(@Nullable String path, @Nullable String problem) {}

  private Result run() {
    if (raw.isEmpty() || raw.charAt(0) != '/') {
      return new Result(null, "the path does not begin with a slash");
    }
    decoded.append('/');
    position = 1;
    while (position < raw.length() && problem == null) {
      step(raw.charAt(position));
    }
    if (problem == null) {
      endSegment(true);
    }
    return problem == null ? new Result(decoded.toString(), null) : new Result(null, problem);
  }

  private void step(char c) {
    if (c == '%') {
      escape();
    } else if (c == '/') {
      slash();
    } else if (c == ';') {
      parameter();
    } else {
      literal(c);
    }
  }

  private void slash() {
    endSegment(false);
    inParameter = false;
    decoded.append('/');
    segmentStart = decoded.length();
    position++;
  }

  private void endSegment(boolean last) {
    if (decoded.length() == segmentStart && !last) {
      refuse("an empty segment");
    } else if (PathCharacters.isDots(decoded, segmentStart, decoded.length())) {
      refuse("a dot segment");
    }
  }

  private void parameter() {
    int start = position + 1;
    int end = start;
    while (end < raw.length() && "=;/".indexOf(raw.charAt(end)) < 0) {
      end++;
    }
    if (!policy.pathParameters().contains(raw.substring(start, end))) {
      refuse("a path parameter that the configuration does not permit");
      return;
    }
    inParameter = true;
    position = end;
    if (end < raw.length() && raw.charAt(end) == '=') {
      position++;
    }
  }

  private void literal(char c) {
    if (c == '\\') {
      refuse("a backslash");
    } else if (c == '?' || c == '#' || c == ' ') {
      refuse("a character that ends a path");
    } else if (PathCharacters.isControl(c)) {
      refuse("a control character");
    } else if (!Character.isSurrogate(c)) {
      append(c);
      position++;
    } else if (isPairAt(position)) {
      append(raw.codePointAt(position));
      position += 2;
    } else {
      refuse("half of a surrogate pair");
    }
  }

  private boolean isPairAt(int index) {
    return index + 1 < raw.length()
        && Character.isSurrogatePair(raw.charAt(index), raw.charAt(index + 1));
  }

  private void escape() {
    int lead = octetAt(position);
    if (lead < 0) {
      refuse(
          position + 1 < raw.length() && (raw.charAt(position + 1) | 0x20) == 'u'
              ? "an escape of the form %uXXXX"
              : "a broken percent escape");
    } else if (lead < 0x80) {
      ascii(lead);
    } else {
      sequence(lead);
    }
  }

  private void ascii(int c) {
    switch (c) {
      case '/' -> refuse("an encoded slash");
      case '\\' -> refuse("an encoded backslash");
      case ';' -> refuse("an encoded semicolon");
      case '%' -> refuse("an encoded percent sign");
      default -> decodedCharacter(c, 3);
    }
  }

  private void sequence(int lead) {
    int following = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
    int codePoint = lead & (0x3f >> following);
    boolean sound = lead >= 0xc2 && lead <= 0xf4;
    for (int i = 1; i <= following && sound; i++) {
      int octet = octetAt(position + 3 * i);
      sound = octet >= 0x80 && octet <= 0xbf;
      codePoint = (codePoint << 6) | (octet & 0x3f);
    }
    if (!sound || isOverlong(codePoint, following) || !isScalar(codePoint)) {
      refuse("broken or overlong UTF-8");
    } else {
      decodedCharacter(codePoint, 3 * (following + 1));
    }
  }

  private static boolean isOverlong(int codePoint, int following) {
    return (following == 2 && codePoint < 0x800) || (following == 3 && codePoint < 0x10000);
  }

  private static boolean isScalar(int codePoint) {
    return codePoint <= Character.MAX_CODE_POINT && (codePoint < 0xd800 || codePoint > 0xdfff);
  }

  private void decodedCharacter(int codePoint, int length) {
    if (PathCharacters.isControl(codePoint)) {
      refuse("an encoded control character");
    } else {
      append(codePoint);
      position += length;
    }
  }

  private void append(int codePoint) {
    if (!inParameter) {
      decoded.appendCodePoint(codePoint);
    }
  }

  /** The octet that the escape at {@code index} stands for, -1 if there is no escape. */
  private int octetAt(int index) {
    if (index + 2 >= raw.length() || raw.charAt(index) != '%') {
      return -1;
    }
    int high = hex(raw.charAt(index + 1));
    int low = hex(raw.charAt(index + 2));
    return high < 0 || low < 0 ? -1 : (high << 4) | low;
  }

  // Character.digit would accept the digits of other scripts too
  private static int hex(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return c < 0x80 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  private void refuse(String what) {
    problem = what + " at character " + (position + 1) + " of the path";
  }
}
