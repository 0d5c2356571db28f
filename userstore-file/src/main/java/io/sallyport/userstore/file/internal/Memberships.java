package io.sallyport.userstore.file.internal;

import java.util.Map;
import java.util.Set;

/** What a user is given directly. Many users share one. */
record Memberships(Set<String> roles, Map<String, Set<String>> tenantRoles, Set<String> groups) {

  Memberships {
    roles = Set.copyOf(roles);
    tenantRoles = Map.copyOf(tenantRoles);
    groups = Set.copyOf(groups);
  }
}
