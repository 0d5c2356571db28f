package io.sallyport.core;

import io.sallyport.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code open_endpoints}, {@code rules} and {@code permissions}. */
final class RulesReader {

  private final Settings root;
  private final SallyportBuilder builder;

  RulesReader(Settings root, SallyportBuilder builder) {
    this.root = root;
    this.builder = builder;
  }

  void read() {
    for (String endpoint : root.texts("open_endpoints")) {
      Checked.value(root, "open_endpoints", () -> builder.open(endpoint));
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
    String path = entry.text("path");
    Optional<Rule> pattern = Checked.value(entry, "path", () -> Rule.on(path))
        .flatMap(rule -> withAccess(entry, rule, permissions));
    if (pattern.isEmpty()) {
      return;
    }
    Rule rule = entry.flag("tenant_required", false) ? pattern.get().inTenant() : pattern.get();
    Rule forMethods = methods.isEmpty()
        ? rule
        : Checked.value(entry, "methods", () -> rule.methods(methods.toArray(String[]::new)))
            .orElse(rule);
    Checked.value(
        entry, "methods", () -> builder.rule(forMethods.writtenAs(text(entry, methods, path))));
  }

  private static String text(Settings entry, List<String> methods, String path) {
    return entry.location() + ": " + (methods.isEmpty() ? "*" : String.join(",", methods)) + " "
        + path;
  }

  /** Exactly one of access, roles and permission says who may. */
  private static Optional<Rule> withAccess(
      Settings entry, Rule rule, Optional<Settings> permissions) {
    List<Rule> said = new ArrayList<>();
    if (entry.has("access")) {
      said.add(
          switch (entry.choice("access", SimpleAccess.class, SimpleAccess.DENY)) {
            case OPEN -> rule.open();
            case AUTHENTICATED -> rule.authenticated();
            case DENY -> rule.deny();
          });
    }
    if (entry.has("roles")) {
      List<String> roles = entry.texts("roles");
      Checked.value(entry, "roles", () -> rule.roles(roles.toArray(String[]::new)))
          .ifPresent(said::add);
    }
    if (entry.has("permission")) {
      said.add(byPermission(entry, rule, permissions));
    }
    if (said.size() != 1) {
      entry.reject(
          "expected exactly one of access (open, authenticated or deny), roles and permission");
      return Optional.empty();
    }
    return Optional.of(said.get(0));
  }

  private static Rule byPermission(Settings entry, Rule rule, Optional<Settings> permissions) {
    String name = entry.text("permission");
    List<String> roles = permissions.map(all -> all.texts(name)).orElse(List.of());
    if (roles.isEmpty()) {
      entry.reject(
          "permission", "expected a permission that permissions: gives to at least one role");
      return rule.deny();
    }
    return rule.roles(roles.toArray(String[]::new));
  }

  /** Who may, in one word. */
  private enum SimpleAccess {
    OPEN,
    AUTHENTICATED,
    DENY
  }
}
