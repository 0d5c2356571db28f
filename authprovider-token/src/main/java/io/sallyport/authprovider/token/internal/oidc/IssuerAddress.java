package io.sallyport.authprovider.token.internal.oidc;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Addresses that keys may be fetched from: https, and plain HTTP from this machine where that is permitted. */
final class IssuerAddress {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private IssuerAddress() {}

  /** An absolute address without a user, a fragment, and with no scheme but those; empty if it is none. */
  static Optional<URI> parse(String text, boolean loopbackHttp) {
    try {
      URI uri = URI.create(text);
      boolean whole = uri.getScheme() != null
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawFragment() == null
          && isPrintable(text);
      return whole && isPermitted(uri, loopbackHttp) ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Where the metadata of an issuer are: OpenID Connect Discovery section 4. */
  static URI discovery(String issuer) {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return URI.create(base + DISCOVERY);
  }

  private static boolean isPermitted(URI uri, boolean loopbackHttp) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    return scheme.equals("https")
        || (loopbackHttp && scheme.equals("http") && LOOPBACK.contains(uri.getHost()));
  }

  private static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c > ' ' && c <= '~');
  }
}
