package io.sallyport.core;

import io.sallyport.api.Identity;
import io.sallyport.api.Profile;
import io.sallyport.api.Target;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where tokens are served, and which roles may do more there than care for their own. */
record TokenEndpoints(
    Profile profile,
    List<TokenEndpoint> tokens,
    @Nullable String revocation,
    @Nullable String introspection,
    @Nullable String keys,
    Map<String, Set<String>> permissions) {

  static final String MANAGE_OTHERS = "manage_others_tokens";
  static final String INTROSPECT = "introspect_tokens";
  static final List<String> PERMISSIONS = List.of(INTROSPECT, MANAGE_OTHERS);

  private static final String SERVLET = TokensServlet.class.getName();

  /** The endpoint that a path belongs to; the longest, if one lies below another. */
  Optional<TokenEndpoint> at(String path) {
    return tokens.stream()
        .filter(endpoint -> endpoint.includes(path))
        .max(Comparator.comparingInt(endpoint -> endpoint.path().length()));
  }

  boolean permits(Identity caller, String permission) {
    return caller.roles().stream()
        .anyMatch(permissions.getOrDefault(permission, Set.of())::contains);
  }

  /** Whether a GET makes a token. Where a container does not tell the servlet, it may be ours. */
  boolean mintsByGet(Optional<String> servletClass, Target target) {
    if (!servletClass.map(SERVLET::equals).orElse(true)) {
      return false;
    }
    return at(target.path())
        .map(endpoint -> endpoint.mintsByGet(profile))
        // mapped by hand
        .orElse(profile == Profile.CLOUDIFY_3);
  }
}
