package io.sallyport.core.internal.rules;

import java.util.List;

/** Whether two patterns have a path in common: every pair of rests of the two is looked at once. */
final class PatternOverlap {

  private final List<Segment> one;
  private final List<Segment> other;

  PatternOverlap(List<Segment> one, List<Segment> other) {
    this.one = one;
    this.other = other;
  }

  boolean exists() {
    boolean[][] overlap = new boolean[one.size() + 1][other.size() + 1];
    for (int i = one.size(); i >= 0; i--) {
      for (int j = other.size(); j >= 0; j--) {
        overlap[i][j] = fromHere(i, j, overlap);
      }
    }
    return overlap[0][0];
  }

  private boolean fromHere(int i, int j, boolean[][] overlap) {
    boolean oneEnds = i == one.size();
    boolean otherEnds = j == other.size();
    if (oneEnds && otherEnds) {
      return true;
    }
    if (!oneEnds && one.get(i).kind() == Segment.Kind.REST) {
      return overlap[i + 1][j] || (!otherEnds && overlap[i][j + 1]);
    }
    if (!otherEnds && other.get(j).kind() == Segment.Kind.REST) {
      return overlap[i][j + 1] || (!oneEnds && overlap[i + 1][j]);
    }
    return !oneEnds && !otherEnds && one.get(i).overlaps(other.get(j)) && overlap[i + 1][j + 1];
  }
}
