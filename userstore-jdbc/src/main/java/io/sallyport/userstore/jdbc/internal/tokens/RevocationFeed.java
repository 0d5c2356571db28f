package io.sallyport.userstore.jdbc.internal.tokens;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.TokenOwner;
import io.sallyport.spi.UnavailableException;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what all nodes have ended.
 *
 * <p>Whoever ends something counts in one row first, which nobody else can do until it has committed: so what has a
 * greater number is committed later, and asking for what is newer than the last number that was seen misses nothing.
 * (Numbers of a sequence would not do: they are handed out in one order and committed in another.)
 *
 * <p>What is known is as old as the last look that succeeded, counted from its beginning.
 */
final class RevocationFeed implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RevocationFeed.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final Duration MOST_WAIT = Duration.ofMillis(100);
  private static final long NOTHING_SEEN = Long.MIN_VALUE;
  private static final Duration TIDIES_EVERY = Duration.ofMinutes(5);

  private final JdbcDatabase database;
  private final TokenSql sql;
  private final Freshness freshness;
  private final LongSupplier nanos;
  private final CountDownLatch closed = new CountDownLatch(1);

  private volatile State state;

  private final ReentrantLock looking = new ReentrantLock();

  // of whoever is looking
  private long tidied;

  /** What is known: up to which number, as of when, and whether the last look failed. */
  private record State(Revocations known, long counter, long asOf, boolean away) {}

  private RevocationFeed(
      JdbcDatabase database, TokenSql sql, Freshness freshness, LongSupplier nanos) {
    this.database = database;
    this.sql = sql;
    this.freshness = freshness;
    this.nanos = nanos;
    this.tidied = nanos.getAsLong();
    this.state = new State(new Revocations(), NOTHING_SEEN, nanos.getAsLong(), false);
  }

  /**
   * Reads all that is known, and goes on looking.
   *
   * @throws UnavailableException if the database cannot be asked now
   */
  static RevocationFeed start(
      JdbcDatabase database, TokenSql sql, Freshness freshness, LongSupplier nanos) {
    RevocationFeed feed = new RevocationFeed(database, sql, freshness, nanos);
    feed.look();
    Thread thread = new Thread(feed::run, "sallyport-tokens-" + database.name());
    thread.setDaemon(true);
    thread.start();
    return feed;
  }

  /**
   * What is known, if that is new enough.
   *
   * @throws UnavailableException if it is not
   */
  Revocations current() {
    State now = state;
    if (isTooOld(now)) {
      look();
      now = state;
      if (isTooOld(now)) {
        throw new UnavailableException(
            "token_store: what other nodes have ended is not known since more than "
                + freshness.limit(now.away()).toMillis() + " ms",
            RETRY_AFTER,
            null);
      }
    }
    return now.known();
  }

  /** What is known, whatever its age: for what this node adds itself. */
  Revocations known() {
    return state.known();
  }

  private boolean isTooOld(State now) {
    return nanos.getAsLong() - now.asOf() > freshness.limit(now.away()).toNanos();
  }

  private void run() {
    try {
      while (!closed.await(freshness.pace().toMillis(), TimeUnit.MILLISECONDS)) {
        lookQuietly();
      }
    } catch (InterruptedException e) {
      // nobody here interrupts it; without it, those who ask look themselves
      Thread.currentThread().interrupt();
    }
  }

  private void lookQuietly() {
    try {
      look();
    } catch (RuntimeException e) {
      // a driver may throw anything, and the next look may succeed
      LOG.debug("no look at revocations: {}", e.toString());
    }
  }

  /** Looks what is new, if nobody else has meanwhile. While it fails, what is known stays, and gets older. */
  private void look() {
    long asked = nanos.getAsLong();
    if (!isMyTurn()) {
      return;
    }
    try {
      if (state.asOf() - asked < 0 || state.counter() == NOTHING_SEEN) {
        lookNow();
      }
    } finally {
      looking.unlock();
    }
  }

  /** Nobody waits for long for somebody else's look: the database may be what that waits for. */
  private boolean isMyTurn() {
    try {
      return looking.tryLock(MOST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void lookNow() {
    long began = nanos.getAsLong();
    State before = state;
    try {
      state = database.call(connection -> read(connection, before, began));
    } catch (UnavailableException e) {
      state = new State(before.known(), before.counter(), before.asOf(), true);
      if (before.counter() == NOTHING_SEEN) {
        throw e;
      }
    }
  }

  private State read(Connection connection, State before, long began) throws SQLException {
    long counter;
    Instant time;
    try (PreparedStatement query = connection.prepareStatement(sql.counterAndTime());
        ResultSet rows = query.executeQuery()) {
      if (!rows.next()) {
        throw new SQLException("sallyport_changes has lost its row for tokens");
      }
      counter = rows.getLong(1);
      time = requireNonNull(Instants.toInstant(rows.getBigDecimal(2)), "time");
    }
    if (counter == before.counter()) {
      tidyNowAndThen(connection, before.known(), time, began);
      return new State(before.known(), counter, began, false);
    }
    // a counter that has gone back is that of an older copy of the database
    boolean anew = counter < before.counter();
    Revocations known = anew ? new Revocations() : before.known();
    long since = anew ? NOTHING_SEEN : before.counter();
    readEnded(connection, since, known);
    readCutoffs(connection, since, known);
    return new State(known, counter, began, false);
  }

  private static void readEnded(Connection connection, long since, Revocations known)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(
        "SELECT id, until_at FROM sallyport_revocations WHERE change_number > ?")) {
      query.setLong(1, since);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          known.add(rows.getString(1), instant(rows, 2));
        }
      }
    }
  }

  private static void readCutoffs(Connection connection, long since, Revocations known)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT store, user_id, issued_before, until_at"
            + " FROM sallyport_token_cutoffs WHERE change_number > ?")) {
      query.setLong(1, since);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          known.add(
              new TokenOwner(rows.getString(1), rows.getString(2)),
              instant(rows, 3),
              instant(rows, 4));
        }
      }
    }
  }

  private static Instant instant(ResultSet rows, int column) throws SQLException {
    @Nullable Instant instant = Instants.toInstant(rows.getBigDecimal(column));
    return requireNonNull(instant, "instant");
  }

  /** Forgets, here and in the database, what ends tokens that have ended by themselves; and refresh tokens. */
  private void tidyNowAndThen(Connection connection, Revocations known, Instant time, long began)
      throws SQLException {
    if (began - tidied < TIDIES_EVERY.toNanos()) {
      return;
    }
    tidied = began;
    known.forget(time);
    Instant before = time.minus(Revocations.GRACE);
    for (String delete : new String[] {
      "DELETE FROM sallyport_revocations WHERE until_at < ?",
      "DELETE FROM sallyport_token_cutoffs WHERE until_at < ?",
      "DELETE FROM sallyport_tokens WHERE kind = 'refresh' AND expires_at < ?"
    }) {
      try (PreparedStatement statement = connection.prepareStatement(delete)) {
        statement.setBigDecimal(1, Instants.toNumber(before));
        statement.executeUpdate();
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
