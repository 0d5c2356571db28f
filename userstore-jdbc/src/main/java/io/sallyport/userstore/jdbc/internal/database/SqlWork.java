package io.sallyport.userstore.jdbc.internal.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What is done with a connection.
 *
 * @param <T> what comes of it, {@code Optional} where there may be nothing
 */
@FunctionalInterface
public interface SqlWork<T> {

  /**
   * Does the work. Statements are closed by it; the connection, its transaction and its settings are the caller's.
   *
   * @throws SQLException if the database does not do it
   */
  T with(Connection connection) throws SQLException;
}
