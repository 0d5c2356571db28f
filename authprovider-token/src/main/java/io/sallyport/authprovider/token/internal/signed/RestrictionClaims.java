package io.sallyport.authprovider.token.internal.signed;

import io.sallyport.api.Restrictions;
import io.sallyport.authprovider.token.internal.jwt.ClaimReader;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The restrictions of a credential as claims of a token. They are named {@code only_…} because they
 * grant nothing: what a user may do is read from the store for each request.
 */
final class RestrictionClaims {

  private static final String ROLES = "only_roles";
  private static final String TENANTS = "only_tenants";
  private static final String ENDPOINTS = "only_endpoints";
  private static final String UNTIL = "only_until";

  private RestrictionClaims() {}

  static void write(Restrictions restrictions, Map<String, Object> claims) {
    restrictions.roles().ifPresent(roles -> claims.put(ROLES, List.copyOf(roles)));
    restrictions.tenants().ifPresent(tenants -> claims.put(TENANTS, List.copyOf(tenants)));
    restrictions.endpoints().ifPresent(endpoints -> claims.put(ENDPOINTS, endpoints));
    restrictions.notAfter().ifPresent(end -> claims.put(UNTIL, end.getEpochSecond()));
  }

  static Restrictions read(ClaimReader claims) {
    Restrictions restrictions = Restrictions.none();
    Optional<List<String>> roles = claims.optionalTexts(ROLES);
    if (roles.isPresent()) {
      restrictions = restrictions.withRoles(new HashSet<>(roles.get()));
    }
    Optional<List<String>> tenants = claims.optionalTexts(TENANTS);
    if (tenants.isPresent()) {
      restrictions = restrictions.withTenants(new HashSet<>(tenants.get()));
    }
    Optional<List<String>> endpoints = claims.optionalTexts(ENDPOINTS);
    if (endpoints.isPresent()) {
      restrictions = restrictions.withEndpoints(endpoints.get());
    }
    Optional<Instant> until = claims.optionalInstant(UNTIL);
    return until.isPresent() ? restrictions.withNotAfter(until.get()) : restrictions;
  }
}
