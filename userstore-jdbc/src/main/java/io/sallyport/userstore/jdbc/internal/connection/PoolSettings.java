package io.sallyport.userstore.jdbc.internal.connection;

import io.sallyport.api.Secret;
import io.sallyport.spi.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  private static final Pattern ADDRESS = Pattern.compile("(jdbc:[^:/?;]+):.*");

  /** A secret as a parameter, or with the user before the host, as MySQL's and Oracle's drivers read it. */
  private static final Pattern SECRET = Pattern.compile(
      "(?i)(?:pass|password\\d?|passwd|passphrase|pwd|secret|token)\\s*=|//[^/?;]*@|:[^:@/?;]+/[^@/?;]*@");

  /** Reads them. */
  public static PoolSettings read(String name, Settings settings) {
    String url = settings.text("jdbc_url");
    if (SECRET.matcher(url).find()) {
      // read as a secret, so that it is not shown
      settings.secret("jdbc_url");
      settings.reject(
          "jdbc_url",
          "expected neither a password nor any other secret in it; write username: and password: '${file:db.password}' beside it");
    } else if (!ADDRESS.matcher(url).matches()) {
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

  /** Which kind of database it is, such as {@code jdbc:postgresql}. */
  String kind() {
    Matcher address = ADDRESS.matcher(url);
    return address.matches() ? address.group(1) : "jdbc:";
  }
}
