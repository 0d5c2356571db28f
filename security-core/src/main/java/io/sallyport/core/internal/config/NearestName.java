package io.sallyport.core.internal.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
public final class NearestName {

  private static final int MAX_LENGTH = 64;

  private NearestName() {}

  /**
   * The candidate with the fewest typing errors between it and the text: one error in up to five
   * characters, two in up to eight, three in longer ones, fewer than there are characters. Capitals do not count.
   *
   * @param text what was written
   * @param candidates what would have been right
   * @return the nearest one; of equally near ones, the first in their order
   */
  public static Optional<String> of(String text, Collection<String> candidates) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String lower = text.toLowerCase(Locale.ROOT);
    // in a text of one character, every other one would be near
    int least = Math.min(text.length(), Math.min(3, Math.max(1, text.length() / 3)) + 1);
    String nearest = null;
    for (String candidate : candidates) {
      if (Math.abs(candidate.length() - text.length()) < least) {
        int distance = distance(lower, candidate.toLowerCase(Locale.ROOT));
        if (distance < least) {
          least = distance;
          nearest = candidate;
        }
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** Insertions, deletions, replacements and swaps of neighbors. */
  private static int distance(String a, String b) {
    int[][] steps = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        steps[i][j] = i == 0 || j == 0 ? i + j : cheapest(steps, a, b, i, j);
      }
    }
    return steps[a.length()][b.length()];
  }

  private static int cheapest(int[][] steps, String a, String b, int i, int j) {
    int replaced = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
  }
}
