package io.sallyport.userstore.jdbc.internal.connection;

import io.sallyport.api.Secret;
import io.sallyport.spi.Settings;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What the configuration says of a pool.
 *
 * @param name the database's name
 * @param url where it is, without any secret
 * @param username as whom to connect, empty if the driver knows
 * @param password with what, empty if the driver knows
 * @param maxConnections how many connections there are at most
 * @param connectionTimeout how long a caller waits for one
 */
public record PoolSettings(
    String name,
    String url,
    Optional<String> username,
    Optional<Secret> password,
    int maxConnections,
    Duration connectionTimeout) {

  private static final int DEFAULT_CONNECTIONS = 10;
  private static final int MOST_CONNECTIONS = 1_000;

  /** The least that HikariCP takes. */
  private static final Duration LEAST_TIMEOUT = Duration.ofMillis(250);

  /** Reads them. */
  public static PoolSettings read(String name, Settings settings) {
    String url = settings.text("jdbc_url");
    if (url.toLowerCase(Locale.ROOT).contains("password=")) {
      settings.secret("jdbc_url");
      settings.reject(
          "jdbc_url", "expected no password in it; write it as password: '${file:db.password}'");
    } else if (!url.startsWith("jdbc:")) {
      settings.reject(
          "jdbc_url", "expected an address such as jdbc:postgresql://db.example.org/app");
    }
    return new PoolSettings(
        name,
        url,
        settings.optionalText("username"),
        settings.optionalSecret("password"),
        (int) settings.integer("max_connections", DEFAULT_CONNECTIONS, 1, MOST_CONNECTIONS),
        settings.duration(
            "connection_timeout", Duration.ofSeconds(1), LEAST_TIMEOUT, Duration.ofMinutes(1)));
  }
}
