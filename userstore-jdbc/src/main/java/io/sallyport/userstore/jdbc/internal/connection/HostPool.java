package io.sallyport.userstore.jdbc.internal.connection;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a pool that is not ours. */
final class HostPool {

  private static final Logger LOG = LoggerFactory.getLogger(HostPool.class);
  private static final Duration LONG = Duration.ofSeconds(5);

  private HostPool() {}

  /** Warns of one in which requests wait so long that nobody has the answer any more. */
  static void check(String name, DataSource source) {
    try {
      if (source instanceof HikariDataSource pool && isLong(pool.getConnectionTimeout())) {
        LOG.warn(
            "Database {}: requests may wait {} ms for a connection of its pool while it is away;"
                + " set its connectionTimeout to a second or two.",
            name,
            pool.getConnectionTimeout());
      }
    } catch (NoClassDefFoundError e) {
      // then it is none of HikariCP's
    }
  }

  private static boolean isLong(long millis) {
    return millis > LONG.toMillis();
  }
}
