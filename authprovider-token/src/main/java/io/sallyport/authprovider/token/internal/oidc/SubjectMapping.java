package io.sallyport.authprovider.token.internal.oidc;

import io.sallyport.api.Subject.ExternalUser;
import io.sallyport.spi.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom the claims of a token speak of.
 *
 * @param username where the name stands
 * @param roles where roles or groups stand, null if nowhere
 * @param tenants where what gives roles in tenants stands, null if nowhere
 * @param mapping what they mean
 * @param attributes where attributes stand, by their names
 */
record SubjectMapping(
    ClaimPath username,
    @Nullable ClaimPath roles,
    @Nullable ClaimPath tenants,
    RoleMapping mapping,
    Map<String, ClaimPath> attributes) {

  private static final List<String> EXTERNAL_ONLY =
      List.of("roles_claim", "roles", "take_roles", "tenants_claim", "tenants", "attributes");

  SubjectMapping {
    attributes = Map.copyOf(attributes);
  }

  /** The mapping that settings describe; users of a store have their roles from there. */
  static SubjectMapping read(Settings settings, boolean externalUsers) {
    ClaimPath username =
        path(settings, "username_claim").orElseGet(() -> new ClaimPath(List.of("sub")));
    Optional<ClaimPath> roles = path(settings, "roles_claim");
    Optional<ClaimPath> tenants = path(settings, "tenants_claim");
    RoleMapping mapping = RoleMapping.read(settings);
    Map<String, ClaimPath> attributes = new LinkedHashMap<>();
    settings.optionalSection("attributes").ifPresent(section -> {
      for (String name : section.keys()) {
        path(section, name).ifPresent(path -> attributes.put(name, path));
      }
    });
    if (externalUsers) {
      requireBoth(settings, "roles_claim", roles.isPresent(), mapping.hasRoles());
      requireBoth(
          settings, "tenants_claim", tenants.isPresent(), !mapping.tenants().isEmpty());
    } else {
      EXTERNAL_ONLY.stream()
          .filter(settings::has)
          .forEach(key -> settings.reject(
              key,
              "expected only in an entry that says users: external; users of a userstore have what it"
                  + " says there"));
    }
    return new SubjectMapping(
        username, roles.orElse(null), tenants.orElse(null), mapping, attributes);
  }

  private static void requireBoth(Settings settings, String key, boolean claim, boolean meaning) {
    if (claim && !meaning) {
      settings.reject(
          key,
          "what is in this claim means nothing yet: add "
              + (key.equals("roles_claim") ? "roles, or take_roles: as_is" : "tenants"));
    } else if (!claim && meaning) {
      settings.reject("missing " + key + ": say in which claim the issuer puts what is mapped");
    }
  }

  private static Optional<ClaimPath> path(Settings settings, String key) {
    Optional<ClaimPath> path = settings.optionalText(key).map(ClaimPath::of);
    if (path.isPresent() && !path.get().isValid()) {
      settings.reject(key, "expected the name of a claim, or a path such as realm_access.roles");
      return Optional.empty();
    }
    return path;
  }

  /**
   * The name of the user.
   *
   * @throws MalformedClaimException if there is none
   */
  String name(Map<String, ? extends @Nullable Object> claims) {
    return username
        .text(claims)
        .orElseThrow(() -> new MalformedClaimException("the claim " + username + " must be there"));
  }

  /**
   * Somebody who is in no store.
   *
   * @throws MalformedClaimException if a claim is not as it must be
   */
  ExternalUser external(
      String issuer, String subject, Map<String, ? extends @Nullable Object> claims) {
    Map<String, String> values = new LinkedHashMap<>();
    attributes.forEach(
        (name, path) -> path.text(claims).ifPresent(value -> values.put(name, value)));
    return new ExternalUser(
        issuer,
        subject,
        name(claims),
        mapping.rolesOf(texts(roles, claims)),
        mapping.tenantRolesOf(texts(tenants, claims)),
        values);
  }

  private static List<String> texts(
      @Nullable ClaimPath path, Map<String, ? extends @Nullable Object> claims) {
    return path == null ? List.of() : path.texts(claims);
  }
}
