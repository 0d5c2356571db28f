package io.sallyport.authprovider.token.internal.stored;

import io.sallyport.api.Identity;
import io.sallyport.api.Restrictions;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a token may be restricted to: roles and tenants that its maker holds, as far as the maker's own
 * credential permits them, and endpoints that can be meant.
 */
public final class Scopes {

  static final int MAX_ENTRIES = 100;
  private static final int MAX_LENGTH = 1024;

  /** Methods and a path, as {@code open_endpoints} have them; what the gate cannot read it lets nobody use. */
  private static final Pattern ENDPOINT = Pattern.compile(
      "(\\*|[!#$%&'+.^_`|~0-9A-Za-z-]+(,[!#$%&'+.^_`|~0-9A-Za-z-]+)*) /[^%?#;\\\\\\p{Cntrl}]*");

  private static final Pattern ODD_SEGMENTS =
      Pattern.compile("//|/\\.{1,2}(/|$)|[^/]\\*\\*|\\*\\*[^/]|/\\*\\*/\\*\\*(/|$)");

  private Scopes() {}

  /**
   * The restrictions of a token that an identity wishes to be restricted so.
   *
   * @throws IllegalArgumentException if it may not be; the message is shown to the caller
   */
  public static Restrictions of(Identity maker, Restrictions wish) {
    wish.roles().ifPresent(roles -> check("roles", roles, held(maker)));
    wish.tenants().ifPresent(tenants -> check("tenants", tenants, maker.tenants()));
    wish.endpoints().ifPresent(Scopes::checkEndpoints);
    return wish.narrowing(maker.restrictions());
  }

  private static Set<String> held(Identity maker) {
    Set<String> all = new HashSet<>(maker.heldRoles(null));
    maker.tenants().forEach(tenant -> all.addAll(maker.heldRoles(tenant)));
    return all;
  }

  private static void check(String what, Collection<String> named, Set<String> held) {
    checkSize(what, named);
    if (!held.containsAll(named)) {
      // not which ones: whoever asks knows what it has, and should learn of nothing else
      throw new IllegalArgumentException(what + ": expected only such as you have yourself");
    }
  }

  private static void checkEndpoints(Collection<String> endpoints) {
    checkSize("endpoints", endpoints);
    Optional<String> odd = endpoints.stream().filter(text -> !isEndpoint(text)).findFirst();
    if (odd.isPresent()) {
      throw new IllegalArgumentException(
          "endpoints: expected a method and a path such as \"GET /version\", or \"* /jobs/**\" for every"
              + " method, each of at most " + MAX_LENGTH + " characters");
    }
  }

  private static boolean isEndpoint(String text) {
    return text.length() <= MAX_LENGTH
        && ENDPOINT.matcher(text).matches()
        && !ODD_SEGMENTS.matcher(text.substring(text.indexOf(' '))).find();
  }

  private static void checkSize(String what, Collection<String> named) {
    if (named.isEmpty() || named.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException(what + ": expected 1 to " + MAX_ENTRIES
          + ", or to be left out if the token is not to be restricted in this, got "
          + named.size());
    }
  }
}
