package io.sallyport.core;

import io.sallyport.core.internal.config.DocumentSettings;
import io.sallyport.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads {@code open_endpoints}, {@code rules} and {@code permissions}. */
final class RulesReader {

  private final DocumentSettings root;
  private final SallyportBuilder builder;

  RulesReader(DocumentSettings root, SallyportBuilder builder) {
    this.root = root;
    this.builder = builder;
  }

  void read() {
    for (String endpoint : root.texts("open_endpoints")) {
      Checked.value(
          root, "open_endpoints", () -> builder.open(endpoint, "open_endpoints: " + endpoint));
    }
    Optional<Settings> permissions = root.optionalSection("permissions");
    // every permission is read, so that one that no rule uses is no unknown key
    permissions.ifPresent(all -> all.keys().forEach(all::texts));
    for (Settings rule : root.sections("rules")) {
      readRule(rule, permissions);
    }
  }

  private void readRule(Settings entry, Optional<Settings> permissions) {
    List<String> methods = entry.texts("methods");
    if (entry.has("methods") && methods.isEmpty()) {
      entry.reject(
          "methods", "expected at least one method; leave the key out to mean every method");
    }
    String path = entry.text("path");
    boolean tenantRequired = entry.flag("tenant_required", false);
    List<UnaryOperator<Rule>> said = access(entry, permissions);
    Optional<Rule> pattern = Checked.value(entry, "path", () -> Rule.on(path));
    if (said.size() != 1) {
      entry.reject(
          "expected exactly one of access (open, authenticated or deny), roles and permission");
    } else if (pattern.isPresent()) {
      Rule rule = said.get(0).apply(pattern.get()).writtenAs(text(entry, methods, path));
      if (tenantRequired && rule.isOpen()) {
        entry.reject("tenant_required", "expected another access than open, which asks nobody");
        return;
      }
      Rule inTenant = tenantRequired ? rule.inTenant() : rule;
      Checked.value(
          entry,
          "methods",
          () -> builder.rule(
              methods.isEmpty() ? inTenant : inTenant.methods(methods.toArray(String[]::new))));
    }
  }

  private static String text(Settings entry, List<String> methods, String path) {
    return ((DocumentSettings) entry).place() + " "
        + (methods.isEmpty() ? "*" : String.join(",", methods)) + " " + path;
  }

  /** What the rule says of who may: exactly one of access, roles and permission. */
  private static List<UnaryOperator<Rule>> access(Settings entry, Optional<Settings> permissions) {
    List<UnaryOperator<Rule>> said = new ArrayList<>();
    if (entry.has("access")) {
      said.add(
          switch (entry.choice("access", SimpleAccess.class, SimpleAccess.DENY)) {
            case OPEN -> Rule::open;
            case AUTHENTICATED -> Rule::authenticated;
            case DENY -> Rule::deny;
          });
    }
    if (entry.has("roles")) {
      List<String> roles = entry.texts("roles");
      if (roles.isEmpty()) {
        entry.reject("roles", "expected at least one role; write access: deny to let nobody in");
      }
      said.add(withRoles(roles));
    }
    if (entry.has("permission")) {
      String name = entry.text("permission");
      List<String> roles = permissions.map(all -> all.texts(name)).orElse(List.of());
      if (roles.isEmpty()) {
        entry.reject(
            "permission", "expected a permission that permissions: gives to at least one role");
      }
      said.add(withRoles(roles));
    }
    return said;
  }

  private static UnaryOperator<Rule> withRoles(List<String> roles) {
    return roles.isEmpty() ? Rule::deny : rule -> rule.roles(roles.toArray(String[]::new));
  }

  /** Who may, in one word. */
  private enum SimpleAccess {
    OPEN,
    AUTHENTICATED,
    DENY
  }
}
