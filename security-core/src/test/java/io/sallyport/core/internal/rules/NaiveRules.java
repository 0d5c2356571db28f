package io.sallyport.core.internal.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rules matched one after the other, slowly and obviously. */
final class NaiveRules {

  /** A rule under one spelling of its path. */
  record Row(AccessRule rule, List<String> segments) {}

  private final List<Row> rows = new ArrayList<>();

  NaiveRules(List<AccessRule> rules) {
    for (AccessRule rule : rules) {
      List<String> segments = segments(rule.path().toString());
      rows.add(new Row(rule, segments));
      String last = segments.get(segments.size() - 1);
      if (rule.access() instanceof Access.Deny && !last.isEmpty() && !last.equals("**")) {
        List<String> slashed = new ArrayList<>(segments);
        slashed.add("");
        rows.add(new Row(rule, slashed));
      }
    }
  }

  private static List<String> segments(String path) {
    return Arrays.asList(path.substring(1).split("/", -1));
  }

  /** All of the most specific rows, more than one if specificity does not decide. */
  List<AccessRule> mostSpecific(String method, String path) {
    List<Row> best = new ArrayList<>();
    for (Row row : rows) {
      if (!speaksFor(row, method, path)) {
        continue;
      }
      if (best.isEmpty() || compare(row, best.get(0)) < 0) {
        best.clear();
        best.add(row);
      } else if (compare(row, best.get(0)) == 0) {
        best.add(row);
      }
    }
    return best.stream().map(Row::rule).toList();
  }

  private static boolean speaksFor(Row row, String method, String path) {
    return (isForEveryMethod(row) || row.rule().methods().contains(method))
        && describes(row.segments(), segments(path));
  }

  private static boolean isForEveryMethod(Row row) {
    return row.rule().methods().contains("*");
  }

  static boolean describes(List<String> pattern, List<String> path) {
    if (pattern.isEmpty()) {
      return path.isEmpty();
    }
    List<String> others = pattern.subList(1, pattern.size());
    if (pattern.get(0).equals("**")) {
      for (int taken = 0; taken <= path.size(); taken++) {
        if (describes(others, path.subList(taken, path.size()))) {
          return true;
        }
      }
      return false;
    }
    return !path.isEmpty()
        && describes(pattern.get(0), path.get(0))
        && describes(others, path.subList(1, path.size()));
  }

  private static boolean describes(String pattern, String segment) {
    if (pattern.equals("*") || pattern.startsWith("{")) {
      return !segment.isEmpty();
    }
    return globs(pattern, segment);
  }

  static boolean globs(String pattern, String text) {
    if (pattern.isEmpty()) {
      return text.isEmpty();
    }
    if (pattern.charAt(0) == '*') {
      return globs(pattern.substring(1), text)
          || (!text.isEmpty() && globs(pattern, text.substring(1)));
    }
    return !text.isEmpty()
        && pattern.charAt(0) == text.charAt(0)
        && globs(pattern.substring(1), text.substring(1));
  }

  /** Negative if the first row is more specific. */
  private static int compare(Row one, Row other) {
    for (int i = 0; i < Math.max(one.segments().size(), other.segments().size()); i++) {
      int difference = rank(one.segments(), i) - rank(other.segments(), i);
      if (difference != 0) {
        return difference;
      }
      boolean sameText = i < one.segments().size()
          && (rank(one.segments(), i) > 999
              || one.segments().get(i).equals(other.segments().get(i)));
      if (!sameText) {
        return 0;
      }
    }
    return (isForEveryMethod(one) ? 1 : 0) - (isForEveryMethod(other) ? 1 : 0);
  }

  private static int rank(List<String> segments, int index) {
    if (index >= segments.size()) {
      return 2000;
    }
    String segment = segments.get(index);
    if (segment.equals("**")) {
      return 3000;
    }
    if (segment.equals("*") || segment.startsWith("{")) {
      return 1000;
    }
    return segment.contains("*") ? 999 - segment.replace("*", "").length() : 0;
  }
}
