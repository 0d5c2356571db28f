package io.sallyport.userstore.jdbc.internal.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.userstore.jdbc.internal.database.Availability;
import io.sallyport.userstore.jdbc.internal.database.WatchedDatabase;
import java.util.Optional;
import javax.sql.DataSource;

/** A pool of connections of our own, made by HikariCP. */
public final class Pool implements WatchedDatabase {

  private final HikariDataSource source;
  private final DataSource direct;
  private final Availability availability;

  private Pool(HikariDataSource source, DataSource direct, Availability availability) {
    this.source = source;
    this.direct = direct;
    this.availability = availability;
  }

  /**
   * Opens a pool. Whether the database is there is for its users to find out.
   *
   * @throws InvalidSettingsException if HikariCP or the driver is missing
   */
  public static WatchedDatabase open(PoolSettings settings) {
    DataSource driver = DriverConnections.open(settings);
    try {
      return new Pool(
          new HikariDataSource(configuration(settings, driver)),
          driver,
          new Availability(settings.name()));
    } catch (NoClassDefFoundError e) {
      throw new InvalidSettingsException(
          "jdbc_url needs the artifact com.zaxxer:HikariCP (missing: " + e.getMessage()
              + "); add it, or use jndi_name, or hand a data source to the builder");
    }
  }

  private static HikariConfig configuration(PoolSettings settings, DataSource driver) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("sallyport-" + settings.name());
    config.setDataSource(driver);
    config.setMaximumPoolSize(settings.maxConnections());
    // whoever waits in it keeps a pool of an absent database busy, at longer and longer intervals
    config.setMinimumIdle(0);
    config.setConnectionTimeout(settings.connectionTimeout().toMillis());
    config.setValidationTimeout(settings.connectionTimeout().toMillis());
    config.setInitializationFailTimeout(-1);
    return config;
  }

  @Override
  public DataSource dataSource() {
    return source;
  }

  @Override
  public Optional<DataSource> direct() {
    return Optional.of(direct);
  }

  @Override
  public Availability availability() {
    return availability;
  }

  @Override
  public void close() {
    source.close();
  }
}
