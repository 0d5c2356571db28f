package io.sallyport.userstore.jdbc.internal.connection;

import io.sallyport.api.Secret;
import io.sallyport.spi.InvalidSettingsException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * New connections, straight from a driver. It waits for a server that accepts connections and says nothing no
 * longer than for one that is not there, where the driver is known; the time-out of {@link DriverManager} is
 * that of the whole process and stays as it is.
 */
final class DriverConnections implements DataSource {

  private final Driver driver;
  private final PoolSettings settings;

  private DriverConnections(Driver driver, PoolSettings settings) {
    this.driver = driver;
    this.settings = settings;
  }

  /**
   * Finds the driver for an address. A web application's own drivers are unknown to {@link DriverManager} where
   * the container was there before them.
   *
   * @throws InvalidSettingsException if there is none
   */
  static DriverConnections open(PoolSettings settings) {
    ServiceLoader<Driver> own =
        ServiceLoader.load(Driver.class, DriverConnections.class.getClassLoader());
    return Stream.concat(DriverManager.drivers(), own.stream().map(ServiceLoader.Provider::get))
        .filter(each -> accepts(each, settings.url()))
        .findFirst()
        .map(each -> new DriverConnections(each, settings))
        .orElseThrow(() -> new InvalidSettingsException("jdbc_url: no driver for \""
            + settings.kind() + "\"; add the driver of this database to the class path"));
  }

  private static boolean accepts(Driver driver, String url) {
    try {
      return driver.acceptsURL(url);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = driver.connect(settings.url(), properties());
    if (connection == null) {
      throw new SQLException("the driver does not know the address any more");
    }
    return connection;
  }

  private Properties properties() {
    Properties properties = new Properties();
    settings.username().ifPresent(each -> properties.setProperty("user", each));
    settings
        .password()
        .map(Secret::revealText)
        .ifPresent(each -> properties.setProperty("password", each));
    Duration wait = settings.connectionTimeout();
    if (settings.url().startsWith("jdbc:postgresql:")) {
      // in seconds; what waits for an answer to a statement is set for each
      String seconds = String.valueOf(Math.max(1, wait.toSeconds()));
      unlessSaid(properties, "connectTimeout", seconds);
      unlessSaid(properties, "socketTimeout", seconds);
    } else if (settings.url().startsWith("jdbc:mariadb:")
        || settings.url().startsWith("jdbc:mysql:")) {
      unlessSaid(properties, "connectTimeout", String.valueOf(wait.toMillis()));
    }
    return properties;
  }

  private void unlessSaid(Properties properties, String key, String value) {
    if (!settings.url().contains(key + "=")) {
      properties.setProperty(key, value);
    }
  }

  @Override
  public Connection getConnection(String username, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the user is that of the configuration");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    // nothing is written
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // the driver's properties say it
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps no " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
