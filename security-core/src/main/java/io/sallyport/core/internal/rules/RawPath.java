package io.sallyport.core.internal.rules;

import org.jspecify.annotations.Nullable;

/**
 * Decodes a raw path strictly, as the Servlet specification 6.0 section 3.5.2 says, and refuses whatever
 * two programs may read in two ways, as far as the policy does not permit it. Used for one path and thrown
 * away.
 *
 * <p>What is permitted is not decoded here: it stays an escape (<code>%2F</code>, <code>%5C</code>, <code>%3B</code>,
 * <code>%25</code>) and no other percent sign is left, so that {@link Readings} can tell the ways in which
 * it may be read.
 */
final class RawPath {

  private final String raw;
  private final TargetPolicy policy;
  private final StringBuilder decoded;

  /** The present segment, to whoever takes every permitted separator for one. */
  private final StringBuilder segment = new StringBuilder();

  private int position;
  private boolean inParameter;
  private boolean behindSemicolon;
  private boolean undefined;
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

  /**
   * Exactly one of path and problem is there.
   *
   * @param path the path, with escapes where it may be read in several ways
   * @param undefined whether something is in it of which no specification says what it stands for
   * @param problem why it must not be decided on
   */
  record Result(
      @Nullable String path, boolean undefined, @Nullable String problem) {}

  private Result run() {
    if (raw.isEmpty() || raw.charAt(0) != '/') {
      return new Result(null, false, "the path does not begin with a slash");
    }
    decoded.append('/');
    position = 1;
    while (position < raw.length() && problem == null) {
      step(raw.charAt(position));
    }
    if (problem == null) {
      endSegment(true);
    }
    return problem == null
        ? new Result(decoded.toString(), undefined, null)
        : new Result(null, false, problem);
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
    position++;
  }

  private void endSegment(boolean last) {
    if (segment.isEmpty() && !behindSemicolon && !last) {
      check(TargetForm.EMPTY_SEGMENTS, "an empty segment");
    } else if (PathCharacters.isDots(segment, 0, segment.length())) {
      check(TargetForm.DOT_SEGMENTS, "a dot segment");
    }
    segment.setLength(0);
    behindSemicolon = false;
  }

  private void parameter() {
    int start = position + 1;
    int end = start;
    while (end < raw.length() && "=;/".indexOf(raw.charAt(end)) < 0) {
      end++;
    }
    if (!policy.permitsParameter(raw.substring(start, end))) {
      refuse("a path parameter that the configuration does not permit");
      return;
    }
    // the rest of it is looked at, and left out
    inParameter = true;
    position = start;
  }

  private void literal(char c) {
    if (c == '\\') {
      if (check(TargetForm.BACKSLASH, "a backslash")) {
        separator("\\", 1);
      }
    } else if (c == '?' || c == '#' || c == ' ') {
      skip(TargetForm.RAW_DELIMITERS, "a character that ends a path", 1);
    } else if (PathCharacters.isControl(c)) {
      if (check(TargetForm.CONTROL_CHARACTERS, "a control character")) {
        character(c, 1);
      }
    } else if (!Character.isSurrogate(c)) {
      character(c, 1);
    } else if (isPairAt(position)) {
      character(raw.codePointAt(position), 2);
    } else {
      skip(TargetForm.BROKEN_UTF8, "half of a surrogate pair", 1);
    }
  }

  private boolean isPairAt(int index) {
    return index + 1 < raw.length()
        && Character.isSurrogatePair(raw.charAt(index), raw.charAt(index + 1));
  }

  private void escape() {
    int lead = octetAt(position);
    if (lead < 0) {
      skip(
          TargetForm.BROKEN_ESCAPES,
          position + 1 < raw.length() && (raw.charAt(position + 1) | 0x20) == 'u'
              ? "an escape of the form %uXXXX"
              : "a broken percent escape",
          1);
    } else if (lead < 0x80) {
      ascii(lead);
    } else {
      sequence(lead);
    }
  }

  private void ascii(int c) {
    switch (c) {
      case '/' -> {
        if (check(TargetForm.ENCODED_SLASH, "an encoded slash")) {
          separator(Readings.SLASH, 3);
        }
      }
      case '\\' -> {
        if (check(TargetForm.ENCODED_BACKSLASH, "an encoded backslash")) {
          separator(Readings.BACKSLASH, 3);
        }
      }
      case ';' -> {
        if (check(TargetForm.ENCODED_SEMICOLON, "an encoded semicolon")) {
          behindSemicolon = true;
          append(Readings.SEMICOLON, 3);
        }
      }
      case '%' -> {
        if (check(TargetForm.ENCODED_PERCENT, "an encoded percent sign")) {
          append(Readings.PERCENT, 3);
        }
      }
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
      skip(TargetForm.BROKEN_UTF8, "broken or overlong UTF-8", 3);
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
    if (!PathCharacters.isControl(codePoint)
        || check(TargetForm.CONTROL_CHARACTERS, "an encoded control character")) {
      character(codePoint, length);
    }
  }

  private void character(int codePoint, int length) {
    if (!inParameter) {
      decoded.appendCodePoint(codePoint);
      if (!behindSemicolon) {
        segment.appendCodePoint(codePoint);
      }
    }
    position += length;
  }

  /** Goes past what nobody can say the meaning of: the path then is whatever the container makes of it. */
  private void skip(TargetForm form, String what, int length) {
    if (check(form, what)) {
      undefined = true;
      append("?", length);
    }
  }

  private void separator(String text, int length) {
    if (!inParameter) {
      endSegment(false);
      decoded.append(text);
    }
    position += length;
  }

  private void append(String text, int length) {
    if (!inParameter) {
      decoded.append(text);
      if (!behindSemicolon) {
        segment.append(text);
      }
    }
    position += length;
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

  /** Whether a form is permitted; the target is refused if it is not. */
  private boolean check(TargetForm form, String what) {
    if (policy.permits(form)) {
      return true;
    }
    refuse(what);
    return false;
  }

  private void refuse(String what) {
    problem = what + " at character " + (position + 1) + " of the path";
  }
}
