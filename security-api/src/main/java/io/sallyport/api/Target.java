package io.sallyport.api;

import static java.util.Objects.requireNonNull;

/**
 * What a request asks for, as rules see it.
 *
 * @param method the method token exactly as sent, except that HEAD is decided on as GET
 * @param path the canonical path below the context path, decoded, beginning with a slash
 * @since 0.1
 */
public record Target(String method, String path) {
  /**
   * A target.
   *
   * @param method the method
   * @param path the canonical path
   */
  public Target {
    requireNonNull(method, "method");
    requireNonNull(path, "path");
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
