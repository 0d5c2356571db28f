package io.sallyport.core.internal.rules;

import org.jspecify.annotations.Nullable;

/** What a path may hold, before and after decoding. */
final class PathCharacters {

  private static final boolean[] PLAIN = plain();

  private PathCharacters() {}

  private static boolean[] plain() {
    boolean[] plain = new boolean[128];
    for (char c = '!'; c <= '~'; c++) {
      plain[c] = "%;\\?#".indexOf(c) < 0;
    }
    return plain;
  }

  /** C0, DEL and C1. */
  static boolean isControl(int c) {
    return c < 0x20 || (c >= 0x7f && c <= 0x9f);
  }

  /**
   * Whether a raw path is its own canonical form: ASCII without anything that stands for something else
   * or has a meaning of its own.
   */
  static boolean isPlain(String path) {
    int length = path.length();
    if (length == 0 || path.charAt(0) != '/') {
      return false;
    }
    int start = 1;
    for (int i = 1; i < length; i++) {
      char c = path.charAt(i);
      if (c == '/') {
        if (i == start || isDots(path, start, i)) {
          return false;
        }
        start = i + 1;
      } else if (c >= PLAIN.length || !PLAIN[c]) {
        return false;
      }
    }
    return !isDots(path, start, length);
  }

  /** Whether a segment is {@code .} or {@code ..}. */
  static boolean isDots(CharSequence path, int start, int end) {
    int length = end - start;
    return (length == 1 || length == 2) && path.charAt(start) == '.' && path.charAt(end - 1) == '.';
  }

  /** What forbids deciding on a decoded path, null if nothing does. */
  static @Nullable String problemOfDecoded(String path, TargetPolicy policy) {
    if (path.isEmpty() || path.charAt(0) != '/') {
      return "the path does not begin with a slash";
    }
    int start = 1;
    for (int i = 1; i <= path.length(); i++) {
      boolean atEnd = i == path.length();
      char c = atEnd ? '/' : path.charAt(i);
      String problem = c == '/'
          ? problemOfSegment(path, start, i, atEnd, policy)
          : problemOfCharacter(c, policy);
      if (problem != null) {
        return problem;
      }
      start = c == '/' ? i + 1 : start;
    }
    return null;
  }

  private static @Nullable String problemOfSegment(
      String path, int start, int end, boolean last, TargetPolicy policy) {
    if (end == start && !last && !policy.permits(TargetForm.EMPTY_SEGMENTS)) {
      return "an empty segment in the path";
    }
    return isDots(path, start, end) && !policy.permits(TargetForm.DOT_SEGMENTS)
        ? "a dot segment in the path"
        : null;
  }

  private static @Nullable String problemOfCharacter(char c, TargetPolicy policy) {
    if (c == '\\') {
      return policy.permitsBackslashes() ? null : "a backslash in the path";
    }
    return isControl(c) && !policy.permits(TargetForm.CONTROL_CHARACTERS)
        ? "a control character in the path"
        : null;
  }
}
