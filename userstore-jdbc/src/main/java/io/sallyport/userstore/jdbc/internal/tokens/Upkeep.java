package io.sallyport.userstore.jdbc.internal.tokens;

import io.sallyport.api.TokenOwner;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is of no use any more, a few rows at a time, on a thread of its own: of all nodes, one in a minute.
 *
 * <p>What is forgotten is what had ended an hour before, by the clock of the database and by this node's: the one that
 * is behind counts, so that a clock that is wrong, wherever, has at most less forgotten.
 */
final class Upkeep implements AutoCloseable {

  static final Duration EVERY = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  /** Lest one node be busy with it for longer than the others wait. */
  private static final int MOST_ROUNDS = 100;

  private final JdbcDatabase database;
  private final TokenSql sql;
  private final TokenTable tokens;
  private final InstantSource clock;
  private final CountDownLatch closed = new CountDownLatch(1);

  Upkeep(JdbcDatabase database, TokenSql sql, TokenTable tokens, InstantSource clock) {
    this.database = database;
    this.sql = sql;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Begins, and has tokens counted as often as it looks. */
  void start(Capacity capacity) {
    Thread thread = new Thread(() -> run(capacity), "sallyport-tokens-upkeep-" + database.name());
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Capacity capacity) {
    try {
      while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        tryOnce(capacity);
      }
    } catch (InterruptedException e) {
      // nobody here interrupts it; other nodes go on
      Thread.currentThread().interrupt();
    }
  }

  private void tryOnce(Capacity capacity) {
    try {
      sweepIfDue();
      capacity.count();
    } catch (RuntimeException e) {
      // a driver may throw anything; it is done in a minute, or by another node
      LOG.debug("no upkeep of tokens: {}", e.toString());
    }
  }

  /** Whether this node was the one. */
  boolean sweepIfDue() {
    boolean mine = database.inTransaction(claim()::update) > 0;
    if (mine) {
      sweep();
    }
    return mine;
  }

  /** Also if the clock of the database was put back. */
  private Sql claim() {
    String now = sql.seconds();
    return Sql.of("UPDATE sallyport_changes SET counter = " + now
        + " WHERE part = 'token_sweeps' AND (counter <= " + now + " - " + EVERY.toSeconds()
        + " OR counter > " + now + " + " + EVERY.toSeconds() + ")");
  }

  /** The present instant by the clock that is behind: that of the database or this node's. */
  Instant now() {
    Instant theirs = Instant.ofEpochSecond(database.call(
        Sql.of("SELECT " + sql.seconds() + " FROM sallyport_changes WHERE part = 'token_sweeps'")
            ::number));
    Instant ours = clock.instant();
    return ours.isBefore(theirs) ? ours : theirs;
  }

  void sweep() {
    Instant before = now().minus(RevocationFeed.GRACE);
    repeat(() -> tokens.deleteSome(before, true));
    repeat(() -> database.inTransaction(connection -> forgetSome(connection, before)));
    repeat(() -> database.inTransaction(connection -> forgetSomeCutoffs(connection, before)));
  }

  private void repeat(IntSupplier some) {
    for (int round = 0; round < MOST_ROUNDS && closed.getCount() > 0; round++) {
      if (some.getAsInt() == 0) {
        return;
      }
    }
  }

  /**
   * Forgets revocations with whatever they end: a node that died while a token was being made may have left it behind,
   * and it must not come back.
   */
  private static int forgetSome(Connection connection, Instant before) throws SQLException {
    List<String> ids = Sql.of(
            "SELECT id FROM sallyport_revocations WHERE until_at < ? ORDER BY until_at LIMIT "
                + TokenTable.AT_ONCE,
            before)
        .query(connection, row -> Units.read(row, "id"));
    List<List<Object>> each =
        ids.stream().sorted().map(id -> List.<Object>of(id)).toList();
    Sql.updateAll(
        connection,
        "DELETE FROM sallyport_revocations WHERE id = ? AND until_at < ?",
        ids.stream().sorted().map(id -> List.<Object>of(id, before)).toList());
    Sql.updateAll(connection, "DELETE FROM sallyport_tokens WHERE id = ?", each);
    Sql.updateAll(connection, "DELETE FROM sallyport_tokens WHERE family = ?", each);
    return ids.size();
  }

  private record Cutoff(TokenOwner owner, Instant issuedBefore) {}

  private static int forgetSomeCutoffs(Connection connection, Instant before) throws SQLException {
    List<Cutoff> cutoffs = Sql.of(
            "SELECT store, user_id, issued_before FROM sallyport_token_cutoffs"
                + " WHERE until_at < ? ORDER BY until_at LIMIT " + TokenTable.AT_ONCE,
            before)
        .query(
            connection,
            row -> new Cutoff(RevocationTable.owner(row), Instants.read(row, "issued_before")));
    for (Cutoff each : cutoffs) {
      Sql.of(
              "DELETE FROM sallyport_token_cutoffs WHERE store = ? AND user_id = ? AND until_at < ?",
              each.owner().store(),
              each.owner().userId(),
              before)
          .update(connection);
      TokenTable.deleteOlder(connection, each.owner(), each.issuedBefore());
    }
    return cutoffs.size();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
