package io.sallyport.api;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a caller who is not authenticated learns what to do about it.
 *
 * @since 0.1
 */
public sealed interface Challenge {

  /**
   * A {@code WWW-Authenticate} field (RFC 9110 section 11.6.1).
   *
   * @param scheme the scheme, a token
   * @param parameters the parameters in their order; values are quoted when they are written
   */
  record Header(String scheme, Map<String, String> parameters) implements Challenge {
    /**
     * A header.
     *
     * @param scheme the scheme, a token
     * @param parameters the parameters in their order
     */
    public Header {
      requireNonNull(scheme, "scheme");
      parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
  }

  /**
   * A redirect, for a browser's navigation only: to a login page, or on from one.
   *
   * @param uri where to
   * @param cookies complete values of {@code Set-Cookie}
   */
  record Redirect(URI uri, List<String> cookies) implements Challenge {
    /**
     * A redirect.
     *
     * @param uri where to
     * @param cookies complete values of {@code Set-Cookie}
     */
    public Redirect {
      requireNonNull(uri, "uri");
      cookies = List.copyOf(cookies);
    }
  }
}
