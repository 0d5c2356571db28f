package io.sallyport.userstore.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** How a database goes about a query. */
final class Plans {

  /** More rows than any table here has that does not grow with the users. */
  private static final long MANY = 1_000;

  private Plans() {}

  /** The steps of a plan that read a table of many rows from its beginning to its end. */
  static List<String> scansOfLargeTables(TestDatabase database, String query, Object parameter)
      throws SQLException {
    List<String> scans = new ArrayList<>();
    try (Connection connection = database.source().getConnection();
        PreparedStatement explain = connection.prepareStatement("EXPLAIN " + query)) {
      int parameters = (int) query.chars().filter(c -> c == '?').count();
      for (int i = 1; i <= parameters; i++) {
        explain.setObject(i, parameter);
      }
      try (ResultSet rows = explain.executeQuery()) {
        while (rows.next()) {
          scans.addAll(scans(database.server(), rows));
        }
      }
    }
    return scans;
  }

  private static List<String> scans(Server server, ResultSet row) throws SQLException {
    return switch (server) {
      case POSTGRESQL ->
        row.getString(1).contains("Seq Scan on sallyport_")
                && !row.getString(1)
                    .matches(
                        ".*Seq Scan on sallyport_(groups|group_roles|tenants|group_tenants) .*")
            ? List.of(row.getString(1))
            : List.of();
      case MARIADB ->
        row.getLong("rows") > MANY
            ? List.of(row.getString("table") + " " + row.getString("type"))
            : List.of();
      case H2 ->
        row.getString(1).lines().filter(line -> line.contains("tableScan")).toList();
    };
  }
}
