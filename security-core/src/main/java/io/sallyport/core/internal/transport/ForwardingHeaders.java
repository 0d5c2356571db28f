package io.sallyport.core.internal.transport;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The header fields by which a proxy shows that it stands between the client and us. Clients can send all
 * of them: that one is there proves nothing, but where nobody may stand between, a request with one is not
 * what it seems.
 */
public final class ForwardingHeaders {

  /** Whatever begins like this counts, also what is invented next. */
  private static final List<String> BEGINNINGS = List.of(
      "x-forward",
      "x-original-",
      "x-proxy",
      "proxy-",
      "x-envoy-",
      "x-akamai-",
      "cf-",
      "cloudfront-",
      "fastly-",
      "client-cert",
      "x-client-cert",
      "ssl-client-",
      "x-ssl-");

  private static final Set<String> NAMES = Set.of(
      "forwarded",
      "via",
      "cdn-loop",
      "client-ip",
      "front-end-https",
      "surrogate-capability",
      "true-client-ip",
      "wl-proxy-client-ip",
      "wl-proxy-ssl",
      "x-appengine-user-ip",
      "x-azure-clientip",
      "x-azure-socketip",
      "x-client-ip",
      "x-cluster-client-ip",
      "x-host",
      "x-nginx-proxy",
      "x-originating-ip",
      "x-real-ip",
      "x-real-port",
      "x-real-scheme",
      "x-remote-addr",
      "x-remote-ip",
      "x-rewrite-url",
      "x-scheme",
      "x-server-port",
      "x-url-scheme",
      "x-varnish");

  private ForwardingHeaders() {}

  /** Whether a header field of this name is one, in any case, and with underscores for dashes. */
  public static boolean include(String name) {
    // some servers hand underscores on as dashes
    String canonical = name.toLowerCase(Locale.ROOT).replace('_', '-');
    return NAMES.contains(canonical) || BEGINNINGS.stream().anyMatch(canonical::startsWith);
  }

  /** The first of a request's header fields that is one. */
  public static Optional<String> firstOf(Collection<String> names) {
    return names.stream().filter(ForwardingHeaders::include).findFirst();
  }
}
