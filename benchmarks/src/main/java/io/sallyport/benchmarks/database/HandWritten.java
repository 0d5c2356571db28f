package io.sallyport.benchmarks.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;

/** One join, read into a set. It knows neither tenants nor attributes nor roles of users themselves. */
record HandWritten(DataSource source) implements Finder {

  private static final String QUERY = """
      SELECT u.id, u.password, u.active, u.locked, r.role
      FROM sallyport_users u
      LEFT JOIN sallyport_group_members m ON m.user_id = u.id
      LEFT JOIN sallyport_group_roles r ON r.group_id = m.group_id
      WHERE u.name = ?
      """;

  private record Found(
      long id, String password, boolean active, boolean locked, Set<String> roles) {}

  @Override
  public Object find(String name) {
    try (Connection connection = source.getConnection();
        PreparedStatement query = connection.prepareStatement(QUERY)) {
      query.setString(1, name);
      try (ResultSet rows = query.executeQuery()) {
        return read(rows, name);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Found read(ResultSet rows, String name) throws SQLException {
    if (!rows.next()) {
      throw new IllegalStateException("no " + name);
    }
    Set<String> roles = new HashSet<>();
    Found found = new Found(
        rows.getLong(1), rows.getString(2), rows.getBoolean(3), rows.getBoolean(4), roles);
    do {
      roles.add(rows.getString(5));
    } while (rows.next());
    return found;
  }

  @Override
  public Set<String> roles(Object found) {
    return ((Found) found).roles();
  }
}
