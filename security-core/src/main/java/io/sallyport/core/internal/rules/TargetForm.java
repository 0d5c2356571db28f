package io.sallyport.core.internal.rules;

import java.util.Locale;

/**
 * The forms of a target that are refused unless the configuration permits them by name: the rows of the
 * table in docs/http.md, in its order.
 *
 * <p>To permit one drops one reason to refuse, and nothing else: what is decided on is the container's own
 * path all the same.
 */
public enum TargetForm {
  /** {@code .} or {@code ..} as a segment, raw or encoded. */
  DOT_SEGMENTS(true),
  /** A segment without a character, other than the last one. */
  EMPTY_SEGMENTS(false),
  /** {@code %2f}. */
  ENCODED_SLASH(false),
  /** {@code %5c}. */
  ENCODED_BACKSLASH(true),
  /** A backslash as it is. */
  BACKSLASH(true),
  /** {@code %3b}. */
  ENCODED_SEMICOLON(false),
  /** {@code %25}. */
  ENCODED_PERCENT(false),
  /** A path parameter of any name, or of none. */
  ANY_PATH_PARAMETERS(false),
  /** A percent sign that no two hexadecimal digits follow. */
  BROKEN_ESCAPES(true),
  /** Octets that are no UTF-8 in its shortest form, and half of a surrogate pair. */
  BROKEN_UTF8(true),
  /** A control character, raw or encoded. */
  CONTROL_CHARACTERS(true),
  /** A question mark, number sign or blank as it is. */
  RAW_DELIMITERS(true),
  /** A name or password before the host of a URI. */
  USER_INFORMATION(false),
  /** Neither a path nor an http or https URI. */
  OTHER_FORMS(true),
  /** A path that does not lie below the context path. */
  OUTSIDE_CONTEXT(true),
  /** A path other than the one that the container dispatches on. */
  REWRITTEN_PATHS(true),
  /** A mapping that cannot have led to the path that the container tells. */
  MISMATCHED_MAPPING(true);

  private final boolean risky;

  TargetForm(boolean risky) {
    this.risky = risky;
  }

  /** What the configuration calls it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether honest clients hardly ever send it, so that permitting it helps those who are not. */
  public boolean isRisky() {
    return risky;
  }
}
