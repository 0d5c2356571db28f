package io.sallyport.userstore.jdbc;

import io.sallyport.spi.Userstore;
import io.sallyport.testkit.UserstoreContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;

/** The contract of userstores, on every server. */
class UserstoreContractTest {

  abstract static class OnServer extends UserstoreContract {

    private final TestDatabase database;

    OnServer(Server server) {
      this.database = server.open();
    }

    @Override
    protected Userstore open(List<Person> people) {
      Userstore store = UserHost.on(database).store(properties());
      change(people);
      return store;
    }

    String[] properties() {
      return new String[] {"create_schema: true"};
    }

    /** As an administrator with a client of SQL: who is there already keeps the id. */
    @Override
    protected void change(List<Person> people) {
      List<String> sql = new ArrayList<>();
      sql.add("DELETE FROM sallyport_users WHERE name NOT IN ("
          + people.stream().map(each -> text(each.name())).collect(Collectors.joining(", "))
          + ")");
      for (String table :
          List.of("user_roles", "user_tenants", "group_members", "user_attributes")) {
        sql.add("DELETE FROM sallyport_" + table);
      }
      people.forEach(each -> sql.addAll(statements(each)));
      sql.add("UPDATE sallyport_changes SET counter = counter + 1 WHERE part = 'users'");
      database.execute(sql.toArray(String[]::new));
    }

    private static List<String> statements(Person person) {
      String name = text(person.name());
      String id = "(SELECT id FROM sallyport_users WHERE name = " + name + ")";
      List<String> sql = new ArrayList<>();
      sql.add(
          "INSERT INTO sallyport_users (name) SELECT * FROM (SELECT %1$s AS name) one WHERE NOT EXISTS (SELECT 1 FROM sallyport_users WHERE name = %1$s)"
              .formatted(name));
      sql.add("UPDATE sallyport_users SET password = %s, active = %s, locked = %s WHERE name = %s"
          .formatted(text(person.hash()), person.active(), person.locked(), name));
      person.roles().forEach(role -> sql.add(insert("user_roles (user_id, role)", id, text(role))));
      person.groups().forEach(group -> {
        sql.add(insertNew("groups", group));
        sql.add(insert("group_members (user_id, group_id)", id, idOf("groups", group)));
      });
      person.tenantRoles().forEach((tenant, roles) -> {
        sql.add(insertNew("tenants", tenant));
        roles.forEach(role -> sql.add(insert(
            "user_tenants (user_id, tenant_id, role)", id, idOf("tenants", tenant), text(role))));
      });
      person
          .attributes()
          .forEach((key, value) -> sql.add(
              insert("user_attributes (user_id, name, content)", id, text(key), text(value))));
      return sql;
    }

    private static String insert(String tableAndColumns, String... values) {
      return Arrays.stream(values)
          .collect(Collectors.joining(
              ", ", "INSERT INTO sallyport_" + tableAndColumns + " VALUES (", ")"));
    }

    private static String insertNew(String table, String name) {
      return "INSERT INTO sallyport_%1$s (name) SELECT * FROM (SELECT %2$s AS name) one WHERE NOT EXISTS (SELECT 1 FROM sallyport_%1$s WHERE name = %2$s)"
          .formatted(table, text(name));
    }

    private static String idOf(String table, String name) {
      return "(SELECT id FROM sallyport_" + table + " WHERE name = " + text(name) + ")";
    }

    private static String text(String text) {
      return "'" + text.replace("'", "''") + "'";
    }
  }

  @Nested
  class OnPostgresql extends OnServer {
    OnPostgresql() {
      super(Server.POSTGRESQL);
    }
  }

  @Nested
  class OnMariaDb extends OnServer {
    OnMariaDb() {
      super(Server.MARIADB);
    }
  }

  @Nested
  class OnH2 extends OnServer {
    OnH2() {
      super(Server.H2);
    }
  }

  /** With what was read a moment ago, which an administrator's changes end by the counter. */
  @Nested
  class RememberingOnPostgresql extends OnServer {
    RememberingOnPostgresql() {
      super(Server.POSTGRESQL);
    }

    @Override
    String[] properties() {
      return new String[] {"create_schema: true", "max_staleness: 10s"};
    }
  }
}
