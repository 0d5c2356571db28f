package io.sallyport.core.internal.browser;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What pages of other origins may do, checked where it was set.
 *
 * @param origins the origins that may
 * @param any whether every origin may
 * @param methods what they may send beyond GET, HEAD and POST
 * @param headers the header fields that they may set
 * @param exposed the header fields of an answer that they may read
 * @param maxAge how long a browser may remember this
 * @param credentials whether a browser may add what it knows of the user
 */
public record CorsPolicy(
    Set<WebOrigin> origins,
    boolean any,
    List<String> methods,
    List<String> headers,
    List<String> exposed,
    Duration maxAge,
    boolean credentials) {

  /** Copies what it is given. */
  public CorsPolicy {
    origins = Set.copyOf(origins);
    methods = List.copyOf(methods);
    headers = List.copyOf(headers);
    exposed = List.copyOf(exposed);
  }
}
