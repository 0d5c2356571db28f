package io.sallyport.core.internal.rules;

import io.sallyport.api.Authorization;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Patterns of paths with the methods that they are for, such as all that one role is allowed. Immutable.
 *
 * <p>Every pattern is filed under what it spells out before its first asterisk, so that one pass over a path
 * finds all candidates, whatever the number of patterns.
 */
final class Grants {

  private final RegionTable<List<Candidate>> byBeginning;
  private final BitSet beginnings;

  /**
   * A row of a roles file.
   *
   * @param role whose it is
   * @param pattern the path's pattern
   * @param methods the methods
   * @param answer what it says to whoever has the role
   */
  record Grant(String role, String pattern, Methods methods, Authorization answer) {

    static Grant allowing(String role, String pattern, Methods methods) {
      String reason = "role " + role + " allows " + methods + " " + pattern;
      return new Grant(role, pattern, methods, new Authorization.Allowed(reason));
    }

    static Grant denying(String role, String pattern, Methods methods) {
      String reason = "role " + role + " denies " + methods + " " + pattern;
      return new Grant(role, pattern, methods, new Authorization.Denied(reason));
    }
  }

  /**
   * What to compare with a path that begins as the pattern does.
   *
   * @param grant the row
   * @param pattern its pattern, or its pattern without a trailing slash and asterisk
   */
  private record Candidate(Grant grant, String pattern) {

    boolean describes(String path, int beginning, int end) {
      return Wildcard.matches(pattern, beginning, path, beginning, end);
    }
  }

  Grants(List<Grant> grants) {
    Map<String, List<Candidate>> filed = new HashMap<>();
    for (Grant grant : grants) {
      file(filed, new Candidate(grant, grant.pattern()));
      if (grant.pattern().endsWith("/*")) {
        String shorter = grant.pattern().substring(0, grant.pattern().length() - 2);
        file(filed, new Candidate(grant, shorter));
      }
    }
    byBeginning = new RegionTable<>(filed);
    beginnings = new BitSet();
    filed.keySet().forEach(beginning -> beginnings.set(beginning.length()));
  }

  private static void file(Map<String, List<Candidate>> filed, Candidate candidate) {
    int star = candidate.pattern().indexOf('*');
    String beginning = star < 0 ? candidate.pattern() : candidate.pattern().substring(0, star);
    filed.computeIfAbsent(beginning, text -> new ArrayList<>()).add(candidate);
  }

  boolean isEmpty() {
    return byBeginning.isEmpty();
  }

  /** Some row that is for the method and whose pattern describes the path, null if there is none. */
  @Nullable
  Grant find(String path, String method) {
    return find(path, path.length(), method);
  }

  /** The same for the path, or for the path without its trailing slash. */
  @Nullable
  Grant findWithOrWithoutSlash(String path, String method) {
    Grant found = find(path, path.length(), method);
    boolean slashed = path.length() > 1 && path.endsWith("/");
    return found == null && slashed ? find(path, path.length() - 1, method) : found;
  }

  private @Nullable Grant find(String path, int end, String method) {
    if (isEmpty()) {
      return null;
    }
    int hash = 0;
    int length = 0;
    for (int next = beginnings.nextSetBit(0);
        next >= 0 && next <= end;
        next = beginnings.nextSetBit(next + 1)) {
      for (; length < next; length++) {
        hash = RegionTable.hashStep(hash, path.charAt(length));
      }
      Grant found = among(byBeginning.get(path, 0, length, hash), path, length, end, method);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable Grant among(
      @Nullable List<Candidate> candidates, String path, int beginning, int end, String method) {
    if (candidates == null) {
      return null;
    }
    for (Candidate candidate : candidates) {
      if (candidate.grant().methods().contains(method)
          && candidate.describes(path, beginning, end)) {
        return candidate.grant();
      }
    }
    return null;
  }
}
