package io.sallyport.userstore.jdbc.internal.users;

import io.sallyport.api.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that the rows of one id say, while they are read. For one thread. */
final class FoundUser {

  private final String id;
  private @Nullable Account account;
  private boolean contradictory;
  private final Set<String> roles = new HashSet<>();
  private final Map<String, Set<String>> tenantRoles = new HashMap<>();
  private final Set<String> groups = new HashSet<>();
  private final Map<String, String> attributes = new HashMap<>();

  FoundUser(String id) {
    this.id = id;
  }

  String id() {
    return id;
  }

  /** What the rows say that have a username; null if none has. */
  @Nullable
  Account account() {
    return account;
  }

  /** Whether rows of the same id say different things of the account. */
  boolean isContradictory() {
    return contradictory;
  }

  /** Adds what a row says of the account and of all else. */
  void add(Columns columns, ResultSet row) throws SQLException {
    String username = columns.text(row, Columns.USERNAME);
    if (username != null) {
      Account read = Account.read(username, columns, row);
      contradictory |= account != null && !account.isSame(read);
      account = read;
    }
    addFurther(columns, row);
  }

  /** Adds what a row says of anything but the account. */
  void addFurther(Columns columns, ResultSet row) throws SQLException {
    add(roles, columns.something(row, Columns.ROLE));
    add(groups, columns.something(row, Columns.GROUP_NAME));
    String tenant = columns.something(row, Columns.TENANT);
    if (tenant != null) {
      add(
          tenantRoles.computeIfAbsent(tenant, t -> new HashSet<>()),
          columns.something(row, Columns.TENANT_ROLE));
    }
    addAttributes(columns, row);
  }

  private void addAttributes(Columns columns, ResultSet row) throws SQLException {
    for (String label : columns.labels()) {
      if (label.startsWith(Columns.ATTRIBUTE) && !Columns.FURTHER.contains(label)) {
        put(label.substring(Columns.ATTRIBUTE.length()), columns.text(row, label));
      }
    }
    put(columns.something(row, Columns.ATTRIBUTE_NAME), columns.text(row, Columns.ATTRIBUTE_VALUE));
  }

  private void put(@Nullable String name, @Nullable String value) {
    if (name != null && value != null) {
      attributes.put(name, value);
    }
  }

  private static void add(Set<String> all, @Nullable String one) {
    if (one != null) {
      all.add(one);
    }
  }

  User user(Account of) {
    return User.builder(id, of.username())
        .credential(of.credential())
        .active(of.active())
        .locked(of.locked())
        .roles(roles)
        .tenantRoles(tenantRoles)
        .groups(groups)
        .attributes(attributes)
        .build(of.stamp(id));
  }
}
