package io.sallyport.userstore.jdbc.internal.users;

import io.sallyport.userstore.jdbc.internal.database.Dialect;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/** Queries that are ready-made, for tables that are the same everywhere. */
enum QuerySet {
  /** Our own tables. */
  SALLYPORT {
    @Override
    Map<Query, String> queries(Dialect dialect, NameRule names) {
      String column = names == NameRule.EXACT ? "name = :username" : "name_key = :name_key";
      Map<Query, String> queries = new EnumMap<>(Query.class);
      queries.put(Query.FIND_USER, allOf(column, dialect));
      queries.put(Query.FIND_USER_BY_ID, allOf("id = :id", dialect));
      queries.put(Query.UPDATE_PASSWORD, """
          UPDATE sallyport_users SET password = :replacement, password_epoch = :password_epoch
          WHERE id = :id AND password = :expected AND COALESCE(password_epoch, '') = :expected_epoch""");
      queries.put(Query.CHANGES, "SELECT counter FROM sallyport_changes WHERE part = 'users'");
      return queries;
    }
  },
  /** Spring Security's default schema. */
  SPRING_SECURITY {
    @Override
    Map<Query, String> queries(Dialect dialect, NameRule names) {
      return both("""
          SELECT u.username AS id, u.username AS username, u.password AS password, u.enabled AS active,
            a.authority AS role
          FROM users u LEFT JOIN authorities a ON a.username = u.username WHERE u.username = %s""");
    }
  },
  /** The same with the authorities of groups. */
  SPRING_SECURITY_GROUPS {
    @Override
    Map<Query, String> queries(Dialect dialect, NameRule names) {
      // a reserved word of MySQL
      String groups = dialect == Dialect.MARIADB ? "`groups`" : "groups";
      return both("""
          SELECT u.username AS id, u.username AS username, u.password AS password, u.enabled AS active,
            NULL AS role, NULL AS group_name
          FROM users u WHERE u.username = %1$s
          UNION ALL
          SELECT u.username, NULL, NULL, NULL, a.authority, NULL
          FROM users u JOIN authorities a ON a.username = u.username WHERE u.username = %1$s
          UNION ALL
          SELECT u.username, NULL, NULL, NULL, a.authority, g.group_name
          FROM users u JOIN group_members m ON m.username = u.username
          JOIN %2$s g ON g.id = m.group_id LEFT JOIN group_authorities a ON a.group_id = g.id
          WHERE u.username = %1$s""", groups);
    }
  },
  /** The tables of the documentation of Tomcat's DataSourceRealm. */
  TOMCAT {
    @Override
    Map<Query, String> queries(Dialect dialect, NameRule names) {
      return both("""
          SELECT u.user_name AS id, u.user_name AS username, u.user_pass AS password, r.role_name AS role
          FROM users u LEFT JOIN user_roles r ON r.user_name = u.user_name WHERE u.user_name = %s""");
    }
  };

  private static final String COLUMNS =
      "role, tenant, tenant_role, group_name, attribute_name, attribute_value";

  abstract Map<Query, String> queries(Dialect dialect, NameRule names);

  /**
   * Tables whose only key is the name.
   *
   * @param query with a place for the parameter, and for what else differs
   */
  private static Map<Query, String> both(String query, String... more) {
    Map<Query, String> queries = new EnumMap<>(Query.class);
    queries.put(Query.FIND_USER, filled(query, ":username", more));
    queries.put(Query.FIND_USER_BY_ID, filled(query, ":id", more));
    return queries;
  }

  private static String filled(String query, String parameter, String... more) {
    return query.formatted(
        Stream.concat(Stream.of(parameter), Arrays.stream(more)).toArray());
  }

  /**
   * One row for the user, and one for each thing that belongs to it: nothing is multiplied. The user is found once,
   * and the rest by its id: with the condition in each part, PostgreSQL takes half as much time again.
   *
   * @param condition what selects the user
   */
  private static String allOf(String condition, Dialect dialect) {
    // with its type: PostgreSQL wraps the parts of a union whose types differ
    String nothing =
        dialect == Dialect.MARIADB ? "CAST(NULL AS CHAR) AS " : "CAST(NULL AS VARCHAR) AS ";
    String user =
        "WITH u AS (SELECT id, name, password, active, locked, password_epoch, tokens_not_before"
            + " FROM sallyport_users WHERE " + condition
            + ") SELECT id, name AS username, password, active, locked, password_epoch, tokens_not_before,"
            + " " + nothing + COLUMNS.replace(", ", ", " + nothing) + " FROM u";
    return String.join(
        " UNION ALL ",
        user,
        more("r.role, NULL, NULL, NULL, NULL, NULL")
            + "JOIN sallyport_user_roles r ON r.user_id = u.id",
        more("r.role, NULL, NULL, g.name, NULL, NULL")
            + "JOIN sallyport_group_members m ON m.user_id = u.id"
            + " JOIN sallyport_groups g ON g.id = m.group_id"
            + " LEFT JOIN sallyport_group_roles r ON r.group_id = m.group_id",
        more("NULL, n.name, t.role, NULL, NULL, NULL")
            + "JOIN sallyport_user_tenants t ON t.user_id = u.id"
            + " JOIN sallyport_tenants n ON n.id = t.tenant_id",
        more("NULL, n.name, t.role, NULL, NULL, NULL")
            + "JOIN sallyport_group_members m ON m.user_id = u.id"
            + " JOIN sallyport_group_tenants t ON t.group_id = m.group_id"
            + " JOIN sallyport_tenants n ON n.id = t.tenant_id",
        more("NULL, NULL, NULL, NULL, a.name, a.content")
            + "JOIN sallyport_user_attributes a ON a.user_id = u.id");
  }

  private static String more(String columns) {
    return "SELECT u.id, NULL, NULL, NULL, NULL, NULL, NULL, " + columns + " FROM u ";
  }
}
