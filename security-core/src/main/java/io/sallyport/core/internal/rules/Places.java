package io.sallyport.core.internal.rules;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Places in one path where a walk may go on, in ascending order. Grows only while it is being made. */
final class Places {

  private final String path;
  private int[] starts;
  private int size;

  private Places(String path, int capacity) {
    this.path = path;
    this.starts = new int[capacity];
  }

  /** The given place, all segments behind it, and the end of the path. */
  static Places allFrom(String path, int first) {
    Places places = new Places(path, 16);
    for (int place = first; place <= path.length(); place = places.stop(place) + 1) {
      places.add(place);
    }
    places.add(path.length() + 1);
    return places;
  }

  static Places none(String path) {
    return new Places(path, 0);
  }

  private void add(int place) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, Math.max(16, 2 * size));
    }
    starts[size++] = place;
  }

  private int stop(int place) {
    int slash = path.indexOf('/', place);
    return slash < 0 ? path.length() : slash;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  int first() {
    return starts[0];
  }

  int last() {
    return starts[size - 1];
  }

  private boolean hasSegment(int index) {
    return starts[index] <= path.length();
  }

  /** Where the walk may go on behind each literal, by the node that the literal leads to. */
  Map<RuleNode, Places> byLiteral(RegionTable<RuleNode> literals) {
    Map<RuleNode, Places> next = new LinkedHashMap<>();
    for (int i = 0; i < size && hasSegment(i); i++) {
      int stop = stop(starts[i]);
      RuleNode node = literals.get(path, starts[i], stop, RegionTable.hash(path, starts[i], stop));
      if (node != null) {
        next.computeIfAbsent(node, first -> none(path)).add(stop + 1);
      }
    }
    return next;
  }

  /** Where the walk may go on behind a segment that a pattern describes. */
  Places behind(String pattern) {
    Places next = none(path);
    for (int i = 0; i < size && hasSegment(i); i++) {
      int stop = stop(starts[i]);
      if (Wildcard.matches(pattern, path, starts[i], stop)) {
        next.add(stop + 1);
      }
    }
    return next;
  }

  /** Where the walk may go on behind any segment that is not empty. */
  Places behindAny() {
    Places next = none(path);
    for (int i = 0; i < size && hasSegment(i); i++) {
      int stop = stop(starts[i]);
      if (stop > starts[i]) {
        next.add(stop + 1);
      }
    }
    return next;
  }
}
