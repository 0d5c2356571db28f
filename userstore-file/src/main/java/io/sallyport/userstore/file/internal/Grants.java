package io.sallyport.userstore.file.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is granted to somebody in the end: everywhere, and in each tenant. */
record Grants(Set<String> roles, Map<String, Set<String>> tenantRoles) {

  Grants {
    roles = Set.copyOf(roles);
    tenantRoles = Map.copyOf(tenantRoles);
  }

  /** What memberships come to: what is given directly, and what each group has. */
  static Grants of(Memberships memberships, Map<String, Grants> groups) {
    Set<String> roles = new HashSet<>(memberships.roles());
    Map<String, Set<String>> tenantRoles = new HashMap<>(memberships.tenantRoles());
    for (String name : memberships.groups()) {
      Grants group = groups.get(name);
      if (group != null) {
        roles.addAll(group.roles);
        group.tenantRoles.forEach((tenant, more) -> tenantRoles.merge(tenant, more, Grants::union));
      }
    }
    return new Grants(roles, tenantRoles);
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> union = new HashSet<>(one);
    union.addAll(other);
    return Set.copyOf(union);
  }
}
