package io.sallyport.core.internal.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the pairs of rules between which specificity does not decide. */
final class RuleConflicts {

  static final int MAX_REPORTED = 100;

  private final List<Entry> entries = new ArrayList<>();
  private final List<RuleConflict> found = new ArrayList<>();

  /** A rule under one spelling of its path. */
  private record Entry(int row, AccessRule rule, PathPattern path, boolean slashed) {

    boolean mayTieWith(Entry later) {
      return !rule.asksTheSameAs(later.rule)
          && rule.methodSet().overlaps(later.rule.methodSet())
          && RuleConflicts.areEquallySpecific(path, later.path)
          && path.overlaps(later.path);
    }
  }

  RuleConflicts(List<AccessRule> rules) {
    for (int row = 0; row < rules.size(); row++) {
      entries.add(new Entry(row, rules.get(row), rules.get(row).path(), false));
    }
    for (int row = 0; row < rules.size(); row++) {
      PathPattern slashed = rules.get(row).slashedDenial();
      if (slashed != null) {
        entries.add(new Entry(row, rules.get(row), slashed, true));
      }
    }
  }

  List<RuleConflict> find() {
    findSamePaths();
    for (List<Entry> alike : byStraightBeginning().values()) {
      findTies(alike);
    }
    return List.copyOf(found);
  }

  private void findSamePaths() {
    Map<PathPattern, Map<String, Entry>> firsts = new HashMap<>();
    for (Entry entry : entries) {
      Map<String, Entry> byMethod = firsts.computeIfAbsent(entry.path, path -> new HashMap<>());
      for (String method : entry.rule.methods()) {
        Entry first = byMethod.putIfAbsent(method, entry);
        // a second spelling that asks for what is written out anyway takes nothing away
        if (first != null && !(entry.slashed && first.rule.asksTheSameAs(entry.rule))) {
          report(first, entry);
          break;
        }
      }
    }
  }

  /** Patterns can tie only behind what they have in common up to the first irregular segment. */
  private Map<List<Segment>, List<Entry>> byStraightBeginning() {
    Map<List<Segment>, List<Entry>> buckets = new LinkedHashMap<>();
    for (Entry entry : entries) {
      List<Segment> beginning = straightBeginning(entry.path.segments());
      if (beginning != null) {
        buckets.computeIfAbsent(beginning, segments -> new ArrayList<>()).add(entry);
      }
    }
    return buckets;
  }

  private static @Nullable List<Segment> straightBeginning(List<Segment> segments) {
    for (int i = 0; i < segments.size(); i++) {
      Segment.Kind kind = segments.get(i).kind();
      boolean last = i == segments.size() - 1;
      if (kind == Segment.Kind.PARTIAL || (kind == Segment.Kind.REST && !last)) {
        return segments.subList(0, i);
      }
    }
    return null;
  }

  private void findTies(List<Entry> alike) {
    for (int i = 0; i < alike.size(); i++) {
      for (int j = i + 1; j < alike.size() && found.size() < MAX_REPORTED; j++) {
        if (alike.get(i).mayTieWith(alike.get(j))) {
          report(alike.get(i), alike.get(j));
        }
      }
    }
  }

  /** Whether the first segments in which two patterns differ are of the same rank. */
  private static boolean areEquallySpecific(PathPattern one, PathPattern other) {
    List<Segment> a = one.segments();
    List<Segment> b = other.segments();
    int common = 0;
    while (common < a.size() && common < b.size() && a.get(common).equals(b.get(common))) {
      common++;
    }
    return common < a.size() && common < b.size() && a.get(common).isAsSpecificAs(b.get(common));
  }

  private void report(Entry one, Entry other) {
    if (found.size() < MAX_REPORTED) {
      boolean inOrder = one.row < other.row;
      found.add(new RuleConflict(inOrder ? one.rule : other.rule, inOrder ? other.rule : one.rule));
    }
  }
}
