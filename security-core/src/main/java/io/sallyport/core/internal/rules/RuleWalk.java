package io.sallyport.core.internal.rules;

import org.jspecify.annotations.Nullable;

/**
 * Walks the tree of rules along one path and finds the most specific rule, segment by segment from the
 * left: a literal before a partial segment before any segment before the end before any number of them.
 *
 * <p>A place in the path is where a segment begins; the place behind the last segment is the path's length
 * plus one. As long as no <code>**</code> has been passed there is one place to go on from, and a walk costs
 * what the path's own segments cost. Behind a <code>**</code> that does not end its pattern all the places
 * that it can lead to are followed together, so that a node is visited once whatever the path: no path can
 * make the walk start over and over again.
 */
final class RuleWalk {

  private final String path;
  private final String method;
  private final int end;

  RuleWalk(String path, String method) {
    this.path = path;
    this.method = method;
    this.end = path.length() + 1;
  }

  @Nullable
  AccessRule from(RuleNode root) {
    return walk(root, 1);
  }

  private @Nullable AccessRule walk(RuleNode node, int place) {
    if (place == end) {
      AccessRule rule = node.rule(method);
      return rule != null || node.rest() == null ? rule : node.rest().rule(method);
    }
    int hash = 0;
    int stop = place;
    for (; stop < end - 1; stop++) {
      char c = path.charAt(stop);
      if (c == '/') {
        break;
      }
      hash = RegionTable.hashStep(hash, c);
    }
    AccessRule found = null;
    RuleNode literal = node.literals().get(path, place, stop, hash);
    if (literal != null) {
      found = walk(literal, stop + 1);
    }
    return found == null ? walkPatterns(node, place, stop) : found;
  }

  private @Nullable AccessRule walkPatterns(RuleNode node, int place, int stop) {
    for (RuleNode.Partial partial : node.partials()) {
      if (Wildcard.matches(partial.pattern(), path, place, stop)) {
        AccessRule found = walk(partial.next(), stop + 1);
        if (found != null) {
          return found;
        }
      }
    }
    if (node.any() != null && stop > place) {
      AccessRule found = walk(node.any(), stop + 1);
      if (found != null) {
        return found;
      }
    }
    return node.rest() == null ? null : rest(node.rest(), place);
  }

  private @Nullable AccessRule rest(RuleNode rest, int first) {
    return rest.isLeaf() ? rest.rule(method) : walkAll(rest, Places.allFrom(path, first));
  }

  private @Nullable AccessRule walkAll(RuleNode node, Places places) {
    if (places.size() == 1) {
      return walk(node, places.first());
    }
    AccessRule found = walkAllLiterals(node, places);
    if (found == null) {
      found = walkAllPatterns(node, places);
    }
    if (found == null && places.last() == end) {
      found = node.rule(method);
    }
    return found == null && node.rest() != null ? rest(node.rest(), places.first()) : found;
  }

  private @Nullable AccessRule walkAllLiterals(RuleNode node, Places places) {
    if (node.literals().isEmpty()) {
      return null;
    }
    for (var next : places.byLiteral(node.literals()).entrySet()) {
      AccessRule found = walkAll(next.getKey(), next.getValue());
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable AccessRule walkAllPatterns(RuleNode node, Places places) {
    for (RuleNode.Partial partial : node.partials()) {
      Places next = places.behind(partial.pattern());
      AccessRule found = next.isEmpty() ? null : walkAll(partial.next(), next);
      if (found != null) {
        return found;
      }
    }
    Places next = node.any() == null ? Places.none(path) : places.behindAny();
    return node.any() == null || next.isEmpty() ? null : walkAll(node.any(), next);
  }
}
