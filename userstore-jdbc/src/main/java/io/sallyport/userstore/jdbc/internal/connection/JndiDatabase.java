package io.sallyport.userstore.jdbc.internal.connection;

import io.sallyport.spi.Database;
import io.sallyport.spi.InvalidSettingsException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** A database whose data source the container keeps, and closes. */
public record JndiDatabase(DataSource dataSource) implements Database {

  /**
   * Looks a data source up.
   *
   * @throws InvalidSettingsException if there is none of that name
   */
  @SuppressWarnings("BanJNDI") // the name is the operator's own, from the configuration
  public static JndiDatabase find(String name) {
    try {
      Object found = new InitialContext().lookup(name);
      if (found instanceof DataSource source) {
        return new JndiDatabase(source);
      }
      throw new InvalidSettingsException("jndi_name: " + name + " is a "
          + (found == null ? "nothing" : found.getClass().getName())
          + ", expected a javax.sql.DataSource");
    } catch (NamingException e) {
      throw new InvalidSettingsException(
          "jndi_name: " + name + " cannot be looked up ("
              + e.getClass().getSimpleName()
              + "); expected the name of a DataSource of the container, such as java:comp/env/jdbc/app");
    }
  }
}
