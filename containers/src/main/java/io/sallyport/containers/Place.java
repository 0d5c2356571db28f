package io.sallyport.containers;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a generated target can lead: one servlet for each way of mapping, and the one rule of {@code
 * differential.yaml} that speaks for just that servlet.
 */
enum Place {
  ROOT("", "/"),
  EXACT("/exact", "/exact"),
  LOCKED("/locked", "/locked"),
  AREA("/area/*", "/area/**"),
  INNER("/area/inner/*", "/area/inner/**"),
  LEAF("/area/inner/leaf", "/area/inner/leaf"),
  CLOSED("/area/closed/*", "/area/closed/**"),
  EXTENSION("*.do", "/**/*.do"),
  DEFAULT("/", "/**");

  private static final String REST = "/*";

  private final String mapping;
  private final String rule;

  Place(String mapping, String rule) {
    this.mapping = mapping;
    this.rule = rule;
  }

  /** The servlet mapping. */
  String mapping() {
    return mapping;
  }

  /** The path of the rule that speaks for it. */
  String rule() {
    return rule;
  }

  /** Whether its rule lets nobody in. */
  boolean isClosed() {
    return this == CLOSED || this == LOCKED;
  }

  /**
   * Where a path leads by the Servlet specification 6.0, section 12.1, written down without a look at any
   * code that matches: an exact mapping, the longest prefix, the extension of the last segment, the default.
   */
  static Place of(String path) {
    return exact(path).or(() -> longestPrefix(path)).or(() -> extension(path)).orElse(DEFAULT);
  }

  private static Optional<Place> exact(String path) {
    if (path.equals("/")) {
      return Optional.of(ROOT);
    }
    return Stream.of(EXACT, LOCKED, LEAF)
        .filter(place -> place.mapping.equals(path))
        .findAny();
  }

  private static Optional<Place> longestPrefix(String path) {
    return Stream.of(AREA, INNER, CLOSED)
        .filter(place -> (path + "/").startsWith(place.prefix() + "/"))
        .max(Comparator.comparing(place -> place.mapping.length()));
  }

  private String prefix() {
    return mapping.substring(0, mapping.length() - REST.length());
  }

  private static Optional<Place> extension(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    int dot = last.lastIndexOf('.');
    return dot >= 0 && last.substring(dot).equals(".do")
        ? Optional.of(EXTENSION)
        : Optional.empty();
  }
}
