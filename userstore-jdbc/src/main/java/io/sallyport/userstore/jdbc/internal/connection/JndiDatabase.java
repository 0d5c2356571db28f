package io.sallyport.userstore.jdbc.internal.connection;

import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.userstore.jdbc.internal.database.Availability;
import io.sallyport.userstore.jdbc.internal.database.WatchedDatabase;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** A database whose data source the container keeps, and closes. */
public record JndiDatabase(DataSource dataSource, Availability availability)
    implements WatchedDatabase {

  /**
   * Looks a data source up.
   *
   * @param database what the database is called
   * @param name under which name the container keeps it
   * @throws InvalidSettingsException if there is none of that name
   */
  @SuppressWarnings("BanJNDI") // the name is the operator's own, from the configuration
  public static JndiDatabase find(String database, String name) {
    try {
      Object found = new InitialContext().lookup(name);
      if (found instanceof DataSource source) {
        return new JndiDatabase(source, new Availability(database));
      }
      throw new InvalidSettingsException("jndi_name: " + name + " is "
          + (found == null ? "nothing" : "a " + found.getClass().getName())
          + ", expected a javax.sql.DataSource");
    } catch (NamingException e) {
      throw new InvalidSettingsException(
          "jndi_name: " + name + " cannot be looked up ("
              + e.getClass().getSimpleName()
              + "); expected the name of a DataSource of the container, such as java:comp/env/jdbc/app");
    }
  }
}
