package io.sallyport.containers;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The places that a request can reach. */
enum Handler {
  PUBLIC("public", "/public/*"),
  PRIVATE("private", "/public/private/*"),
  VERSION("version", "/version"),
  ADMIN("admin", "/admin/*"),
  API("api", "/api/*"),
  TENANT("tenant", "/tenant/*"),
  TOKENS("tokens", "/tokens"),
  INTERNAL("internal", "/internal/*"),
  ERROR_PAGE("errorpage", "/error"),
  EXTENSION("ext", "*.do"),
  DEFAULT("default", "/");

  private static final String REST = "/*";

  private final String label;
  private final String mapping;

  Handler(String label, String mapping) {
    this.label = label;
    this.mapping = mapping;
  }

  /** The name that it answers with. */
  String label() {
    return label;
  }

  /** The servlet mapping. */
  String mapping() {
    return mapping;
  }

  /** Whether the rest of its path may tell it to dispatch. */
  boolean dispatches() {
    return this == PUBLIC || this == API;
  }

  /** What a container would choose for a path: exact, then the longest prefix, then the extension. */
  static Handler of(String path) {
    return Stream.of(values())
        .filter(handler -> handler.mapping.equals(path) && handler != DEFAULT)
        .findFirst()
        .or(() -> longestPrefix(path))
        .orElse(path.endsWith(".do") ? EXTENSION : DEFAULT);
  }

  private static Optional<Handler> longestPrefix(String path) {
    return Stream.of(PRIVATE, PUBLIC, ADMIN, API, TENANT, INTERNAL)
        .filter(handler -> path.equals(handler.prefix()) || path.startsWith(handler.prefix() + "/"))
        .findFirst();
  }

  /** What a container would give as the path info. */
  @Nullable
  String info(String path) {
    return mapping.endsWith(REST) && path.length() > prefix().length()
        ? path.substring(prefix().length())
        : null;
  }

  private String prefix() {
    return mapping.substring(0, mapping.length() - REST.length());
  }
}
