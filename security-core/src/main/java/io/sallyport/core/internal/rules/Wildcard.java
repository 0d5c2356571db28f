package io.sallyport.core.internal.rules;

/** Compares text with patterns in which {@code *} stands for any characters and all else for itself. */
final class Wildcard {

  private Wildcard() {}

  /** Whether {@code glob} describes all of {@code text} between two positions. */
  static boolean matches(String glob, String text, int from, int to) {
    return matches(glob, 0, text, from, to);
  }

  /**
   * Whether {@code glob} from a position on describes all of {@code text} between two positions.
   *
   * <p>Only the last asterisk seen can have to take more, so that the time is at most the product of the
   * two lengths.
   */
  static boolean matches(String glob, int globFrom, String text, int from, int to) {
    int p = globFrom;
    int t = from;
    int star = -1;
    int resume = from;
    while (t < to) {
      if (p < glob.length() && glob.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < glob.length() && glob.charAt(p) == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < glob.length() && glob.charAt(p) == '*') {
      p++;
    }
    return p == glob.length();
  }

  /** Whether some text is described by both patterns. */
  static boolean overlap(String one, String other) {
    boolean[] row = new boolean[other.length() + 1];
    for (int i = one.length(); i >= 0; i--) {
      boolean[] below = row;
      row = new boolean[other.length() + 1];
      for (int j = other.length(); j >= 0; j--) {
        row[j] = overlap(one, i, other, j, row, below);
      }
    }
    return row[0];
  }

  // row holds the answers for i and what follows j, below those for i + 1
  private static boolean overlap(
      String one, int i, String other, int j, boolean[] row, boolean[] below) {
    boolean oneEnds = i == one.length();
    boolean otherEnds = j == other.length();
    if (oneEnds && otherEnds) {
      return true;
    }
    if (!oneEnds && one.charAt(i) == '*') {
      return below[j] || (!otherEnds && row[j + 1]);
    }
    if (!otherEnds && other.charAt(j) == '*') {
      return row[j + 1] || (!oneEnds && below[j]);
    }
    return !oneEnds && !otherEnds && one.charAt(i) == other.charAt(j) && below[j + 1];
  }
}
