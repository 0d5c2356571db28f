package io.sallyport.authprovider.token.internal.oidc;

import io.sallyport.spi.Settings;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an issuer's roles or groups mean here. One that is not named means nothing.
 *
 * @param roles our roles by the issuer's
 * @param tenants our roles by tenant, by the issuer's
 * @param asIs whether an issuer's role that is not named is a role of ours of the same name
 */
record RoleMapping(
    Map<String, Set<String>> roles, Map<String, Map<String, Set<String>>> tenants, boolean asIs) {

  RoleMapping {
    roles = Map.copyOf(roles);
    tenants = Map.copyOf(tenants);
  }

  static RoleMapping read(Settings settings) {
    Map<String, Set<String>> roles = new LinkedHashMap<>();
    settings.optionalSection("roles").ifPresent(section -> roles.putAll(sets(section)));
    Map<String, Map<String, Set<String>>> tenants = new LinkedHashMap<>();
    settings.optionalSection("tenants").ifPresent(section -> {
      for (String theirs : section.keys()) {
        tenants.put(theirs, sets(section.section(theirs)));
      }
    });
    boolean asIs =
        settings.choice("take_roles", TakeRoles.class, TakeRoles.MAPPED) == TakeRoles.AS_IS;
    return new RoleMapping(roles, tenants, asIs);
  }

  private static Map<String, Set<String>> sets(Settings section) {
    Map<String, Set<String>> sets = new LinkedHashMap<>();
    for (String key : section.keys()) {
      List<String> texts = section.texts(key);
      if (texts.isEmpty()) {
        section.reject(key, "expected one or more roles of ours; leave the line out for none");
      }
      sets.put(key, Set.copyOf(texts));
    }
    return sets;
  }

  boolean hasRoles() {
    return asIs || !roles.isEmpty();
  }

  /** Our roles of somebody who has some of the issuer's. */
  Set<String> rolesOf(List<String> theirs) {
    Set<String> ours = new LinkedHashSet<>();
    for (String name : theirs) {
      ours.addAll(roles.getOrDefault(name, asIs ? Set.of(name) : Set.of()));
    }
    return ours;
  }

  /** Our roles by tenant of somebody who has some of the issuer's. */
  Map<String, Set<String>> tenantRolesOf(List<String> theirs) {
    Map<String, Set<String>> ours = new LinkedHashMap<>();
    for (String name : theirs) {
      tenants
          .getOrDefault(name, Map.of())
          .forEach((tenant, granted) ->
              ours.computeIfAbsent(tenant, unused -> new LinkedHashSet<>()).addAll(granted));
    }
    return ours;
  }

  /** What becomes of an issuer's role that is not named. */
  private enum TakeRoles {
    MAPPED,
    AS_IS
  }
}
