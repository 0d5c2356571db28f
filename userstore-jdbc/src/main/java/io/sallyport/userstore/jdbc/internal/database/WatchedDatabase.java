package io.sallyport.userstore.jdbc.internal.database;

import io.sallyport.spi.Database;
import java.util.Optional;
import javax.sql.DataSource;

/** A database of which all parts that use it know together whether it is there. */
public interface WatchedDatabase extends Database {

  /** What they know. */
  Availability availability();

  /**
   * Connections that no pool keeps. A pool whose database is away makes new connections at longer and longer
   * intervals as long as anybody waits in it, so its return is looked for beside the pool.
   */
  default Optional<DataSource> direct() {
    return Optional.empty();
  }
}
