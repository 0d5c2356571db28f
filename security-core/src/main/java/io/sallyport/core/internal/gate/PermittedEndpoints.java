package io.sallyport.core.internal.gate;

import io.sallyport.api.Target;
import io.sallyport.core.internal.rules.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The only endpoints that a credential is good for. A line that cannot be read permits nothing. Immutable. */
final class PermittedEndpoints {

  private final List<Endpoint> readable;
  private final Optional<String> refusal;

  private PermittedEndpoints(List<Endpoint> readable, int all) {
    this.readable = List.copyOf(readable);
    int unreadable = all - readable.size();
    this.refusal = Optional.of("the credential is not good for this endpoint"
        + (unreadable == 0
            ? ""
            : "; of the " + all + " that it names " + unreadable + " cannot be read"));
  }

  static PermittedEndpoints parse(List<String> lines) {
    List<Endpoint> readable = new ArrayList<>(lines.size());
    for (String line : lines) {
      endpoint(line).ifPresent(readable::add);
    }
    return new PermittedEndpoints(readable, lines.size());
  }

  private static Optional<Endpoint> endpoint(String line) {
    try {
      return Optional.of(Endpoint.parse(line));
    } catch (IllegalArgumentException e) {
      // who has made the token wrote nonsense, or a later version wrote what this one does not know
      return Optional.empty();
    }
  }

  /** Why the credential is not good for a target; empty if it is. */
  Optional<String> refusal(Target target) {
    for (Endpoint endpoint : readable) {
      if (endpoint.matches(target)) {
        return Optional.empty();
      }
    }
    return refusal;
  }

  /**
   * What was parsed lately: a token says the same on each request, and many tokens are made to one pattern.
   * Safe for threads.
   */
  static final class Cache {

    /** How many lists are kept; whoever makes tokens to more patterns than that pays for the parsing. */
    static final int MAX_LISTS = 256;

    /** Of longer lists none is kept, so that the memory has a bound. */
    static final int MAX_LINES = 64;

    private final Map<List<String>, PermittedEndpoints> parsed = new ConcurrentHashMap<>();

    PermittedEndpoints of(List<String> lines) {
      PermittedEndpoints known = parsed.get(lines);
      if (known != null) {
        return known;
      }
      PermittedEndpoints fresh = parse(lines);
      if (lines.size() <= MAX_LINES) {
        if (parsed.size() >= MAX_LISTS) {
          parsed.clear();
        }
        parsed.put(List.copyOf(lines), fresh);
      }
      return fresh;
    }

    int size() {
      return parsed.size();
    }
  }
}
