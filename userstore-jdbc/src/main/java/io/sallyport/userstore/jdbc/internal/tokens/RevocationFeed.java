package io.sallyport.userstore.jdbc.internal.tokens;

import io.sallyport.spi.UnavailableException;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what all nodes have ended: one thread asks, and whoever wants to know is answered from memory. What is known
 * is as old as the last look that succeeded, counted from its beginning.
 *
 * <p>A look asks for what has a greater number than the last one that was seen. All is read anew at the start, where
 * the counter has gone back, after looks that have failed, and every few minutes: behind each of these there may be
 * an older copy of the database, whose numbers mean something else. What is known already stays known then.
 */
final class RevocationFeed implements AutoCloseable {

  /** How long what ends no token any more is kept, so that a clock that is put right brings nothing back. */
  static final Duration GRACE = Duration.ofHours(1);

  private static final Duration READS_ALL_EVERY = Duration.ofMinutes(5);
  private static final Logger LOG = LoggerFactory.getLogger(RevocationFeed.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final JdbcDatabase database;
  private final Freshness freshness;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Revocations known = new Revocations();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** When the last look began that has succeeded. */
  private volatile long asOf;

  // of the only thread that looks
  private long seen = RevocationTable.FIRST;
  private long allReadAt;
  private boolean readsAll = true;
  private boolean failed;

  RevocationFeed(
      JdbcDatabase database, Freshness freshness, InstantSource clock, LongSupplier nanos) {
    this.database = database.withTimeout(freshness.timeout());
    this.freshness = freshness;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * Reads all that is known, and goes on looking.
   *
   * @throws UnavailableException if the database cannot be asked now
   */
  void start() {
    look();
    Thread thread = new Thread(this::run, "sallyport-tokens-" + database.name());
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * What is known, if that is new enough. Never waits.
   *
   * @throws UnavailableException if it is not
   */
  Revocations current() {
    if (nanos.getAsLong() - asOf > freshness.limit().toNanos()) {
      throw new UnavailableException(
          "token_store: what other nodes have ended was not read from database " + database.name()
              + " for more than " + freshness.limit().toMillis() + " ms",
          RETRY_AFTER,
          null);
    }
    return known;
  }

  /** What is known, whatever its age: for what this node adds itself. */
  Revocations known() {
    return known;
  }

  private void run() {
    try {
      while (!closed.await(freshness.pause(failed).toMillis(), TimeUnit.MILLISECONDS)) {
        lookAgain();
      }
    } catch (InterruptedException e) {
      // nobody here interrupts it; what is known gets too old, and nobody is told anything then
      Thread.currentThread().interrupt();
    }
  }

  private void lookAgain() {
    try {
      look();
      if (failed) {
        LOG.info("Revocations can be read from database {} again.", database.name());
      }
      failed = false;
    } catch (RuntimeException e) {
      // a driver may throw anything, and the next look may succeed
      if (!failed) {
        LOG.warn(
            "Revocations cannot be read from database {}: without them, requests with tokens are answered"
                + " with 503 from {} ms after the last reading on. {}",
            database.name(),
            freshness.limit().toMillis(),
            e.toString());
      }
      failed = true;
      readsAll = true;
    }
  }

  /** Looks once. */
  void look() {
    long began = nanos.getAsLong();
    boolean all = readsAll || began - allReadAt > READS_ALL_EVERY.toNanos();
    // the number is read first: what is committed meanwhile is read now or by the next look, or
    // twice
    seen = database.call(connection -> all ? readAll(connection) : readNewer(connection));
    if (all) {
      readsAll = false;
      allReadAt = began;
    }
    asOf = began;
  }

  private long readNewer(Connection connection) throws SQLException {
    long counter = RevocationTable.counter(connection);
    if (counter < seen) {
      return readAll(connection);
    }
    if (counter > seen) {
      RevocationTable.read(connection, seen, known);
    }
    return counter;
  }

  private long readAll(Connection connection) throws SQLException {
    long counter = RevocationTable.counter(connection);
    Revocations.Found found = RevocationTable.read(connection, RevocationTable.FIRST, known);
    known.forget(found, clock.instant().minus(GRACE));
    return counter;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
