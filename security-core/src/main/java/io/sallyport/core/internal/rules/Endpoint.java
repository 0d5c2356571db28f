package io.sallyport.core.internal.rules;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.Target;
import java.util.Arrays;
import java.util.Set;

/**
 * Methods and paths in one line, as {@code open_endpoints} and the restrictions of a credential have them:
 * {@code GET /version}, {@code GET,POST /blueprints/**} or {@code * /public/**}.
 *
 * @param methods the methods, {@link AccessRule#ANY_METHOD} for all of them
 * @param path the paths
 */
public record Endpoint(Set<String> methods, PathPattern path) {

  /**
   * An endpoint.
   *
   * @param methods the methods
   * @param path the paths
   */
  public Endpoint {
    Methods checked = Methods.of(methods);
    methods = checked.any() ? AccessRule.ANY_METHOD : checked.names();
    requireNonNull(path, "path");
  }

  /**
   * Reads a line.
   *
   * @param text the line
   * @return the endpoint
   * @throws IllegalArgumentException if it is none; the message says what to write
   */
  public static Endpoint parse(String text) {
    int space = text.indexOf(' ');
    if (space <= 0 || text.startsWith("/")) {
      throw new IllegalArgumentException(
          "expected a method and a path such as \"GET /version\", or \"* /version\" for every method");
    }
    return new Endpoint(
        Set.copyOf(Arrays.asList(text.substring(0, space).split(",", -1))),
        PathPattern.parse(text.substring(space + 1).strip()));
  }

  /**
   * Whether a request is for this endpoint.
   *
   * @param target what is asked for
   * @return whether method and path are described
   */
  public boolean matches(Target target) {
    return (methods.contains(Methods.WILDCARD) || methods.contains(target.method()))
        && path.matches(target.path());
  }
}
