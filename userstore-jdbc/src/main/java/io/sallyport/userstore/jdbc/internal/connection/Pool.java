package io.sallyport.userstore.jdbc.internal.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sallyport.api.Secret;
import io.sallyport.spi.Database;
import io.sallyport.spi.InvalidSettingsException;
import javax.sql.DataSource;

/** A pool of connections of our own, made by HikariCP. */
public final class Pool implements Database {

  private final HikariDataSource source;

  private Pool(HikariDataSource source) {
    this.source = source;
  }

  /**
   * Opens a pool. Whether the database is there is for its users to find out.
   *
   * @throws InvalidSettingsException if HikariCP or the driver is missing
   */
  public static Database open(PoolSettings settings) {
    try {
      return new Pool(new HikariDataSource(configuration(settings)));
    } catch (NoClassDefFoundError e) {
      throw new InvalidSettingsException(
          "jdbc_url needs the artifact com.zaxxer:HikariCP (missing: " + e.getMessage()
              + "); add it, or use jndi_name, or hand a data source to the builder");
    } catch (RuntimeException e) {
      throw new InvalidSettingsException("jdbc_url: no pool can be made for it ("
          + e.getClass().getSimpleName()
          + "); is the driver of this database on the class path?");
    }
  }

  private static HikariConfig configuration(PoolSettings settings) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("sallyport-" + settings.name());
    config.setJdbcUrl(settings.url());
    settings.username().ifPresent(config::setUsername);
    settings.password().map(Secret::revealText).ifPresent(config::setPassword);
    config.setMaximumPoolSize(settings.maxConnections());
    // whoever waits in it keeps a pool of an absent database busy, at longer and longer intervals
    config.setMinimumIdle(0);
    config.setConnectionTimeout(settings.connectionTimeout().toMillis());
    config.setInitializationFailTimeout(-1);
    return config;
  }

  @Override
  public DataSource dataSource() {
    return source;
  }

  @Override
  public void close() {
    source.close();
  }
}
