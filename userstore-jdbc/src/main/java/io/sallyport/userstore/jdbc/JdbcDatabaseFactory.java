package io.sallyport.userstore.jdbc;

import io.sallyport.spi.Database;
import io.sallyport.spi.DatabaseFactory;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.userstore.jdbc.internal.connection.JndiDatabase;
import io.sallyport.userstore.jdbc.internal.connection.Pool;
import io.sallyport.userstore.jdbc.internal.connection.PoolSettings;

/**
 * Makes databases of an address or of a name in JNDI, by the name {@code jdbc}.
 *
 * <p>Its properties are either {@code jndi_name}, under which the container keeps a {@link
 * javax.sql.DataSource}, or {@code jdbc_url} with {@code username} and {@code password}, for which HikariCP must
 * be on the class path; {@code max_connections} (10) and {@code connection_timeout} (one second) then bound the
 * pool. Who has a data source in Java hands it to the builder instead.
 *
 * <pre>{@code
 * database:
 *   implementation: jdbc
 *   properties: {jdbc_url: 'jdbc:postgresql://db/app', username: sallyport, password: '${file:db.password}'}
 * }</pre>
 *
 * @since 0.1
 */
public final class JdbcDatabaseFactory implements DatabaseFactory {

  /** Made by {@link java.util.ServiceLoader}. */
  public JdbcDatabaseFactory() {}

  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public Database create(Settings settings, ProviderContext context) {
    if (settings.has("jndi_name") == settings.has("jdbc_url")) {
      throw new InvalidSettingsException(
          "expected either jdbc_url, with username and password, or jndi_name");
    }
    if (settings.has("jndi_name")) {
      return JndiDatabase.find(context.name(), settings.text("jndi_name"));
    }
    PoolSettings pool = PoolSettings.read(context.name(), settings);
    return Pool.open(pool);
  }
}
