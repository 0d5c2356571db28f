package io.sallyport.userstore.file.internal;

import io.sallyport.api.User;
import io.sallyport.spi.Settings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what users and groups have in common: names, roles, and roles in tenants. */
final class GrantReader {

  static final String NAME_RULE =
      "expected 1 to " + User.MAX_NAME_LENGTH + " characters without control characters";

  private GrantReader() {}

  static Set<String> roles(Settings entry) {
    return names(entry, "roles");
  }

  static Map<String, Set<String>> tenantRoles(Settings entry) {
    Optional<Settings> tenants = entry.optionalSection("tenants");
    if (tenants.isEmpty()) {
      return Map.of();
    }
    Map<String, Set<String>> roles = new HashMap<>();
    for (String tenant : tenants.get().keys()) {
      Set<String> inTenant = names(tenants.get(), tenant);
      if (isName(tenants.get(), tenant, tenant)) {
        roles.put(tenant, inTenant);
      }
    }
    return roles;
  }

  /** The names under a key; those that cannot be names are problems and left out. */
  static Set<String> names(Settings entry, String key) {
    Set<String> names = new HashSet<>();
    for (String name : entry.texts(key)) {
      if (isName(entry, key, name)) {
        names.add(name);
      }
    }
    return Set.copyOf(names);
  }

  /** Whether a text can be a name; if not, that is noted as a problem of the key. */
  static boolean isName(Settings entry, String key, String text) {
    if (!User.isValidName(text)) {
      entry.reject(key, NAME_RULE);
      return false;
    }
    return true;
  }
}
