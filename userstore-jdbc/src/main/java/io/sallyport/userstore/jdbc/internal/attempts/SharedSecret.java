package io.sallyport.userstore.jdbc.internal.attempts;

import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import io.sallyport.userstore.jdbc.internal.database.SqlFailure;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The random key that all nodes share: whoever comes first makes it. */
final class SharedSecret {

  private static final int BYTES = 32;

  private SharedSecret() {}

  static byte[] of(JdbcDatabase database) {
    Optional<byte[]> known = database.call(SharedSecret::find);
    if (known.isEmpty()) {
      database.inTransaction(SharedSecret::make);
      known = database.call(SharedSecret::find);
    }
    return known.orElseThrow();
  }

  private static Optional<byte[]> find(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT secret FROM sallyport_attempt_key WHERE id = 1");
        ResultSet rows = query.executeQuery()) {
      return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
    }
  }

  /** Unless another node has. */
  private static boolean make(Connection connection) throws SQLException {
    byte[] secret = new byte[BYTES];
    new SecureRandom().nextBytes(secret);
    try (PreparedStatement insert = connection.prepareStatement(
        "INSERT INTO sallyport_attempt_key (id, secret) VALUES (1, ?)")) {
      insert.setBytes(1, secret);
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      if (!SqlFailure.isDuplicateKey(e)) {
        throw e;
      }
      connection.rollback();
      return false;
    }
  }
}
