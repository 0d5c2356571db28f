package io.sallyport.userstore.jdbc.internal.tokens;

import io.sallyport.api.TokenOwner;
import io.sallyport.spi.UnavailableException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The rows that say what was ended. Each has the number of its change: whoever changes one counts first, and nobody
 * else can count before that is committed, so numbers are in the order of commits.
 */
final class RevocationTable {

  /** Before any number. */
  static final long FIRST = -1;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private RevocationTable() {}

  /** The number of this transaction's change; it ends the waiting of nobody before it is committed. */
  static long count(Connection connection) throws SQLException {
    Sql.of("UPDATE sallyport_changes SET counter = counter + 1 WHERE part = 'tokens'")
        .update(connection);
    return counter(connection);
  }

  /** The number of the latest change. */
  static long counter(Connection connection) throws SQLException {
    List<Long> rows = Sql.of("SELECT counter FROM sallyport_changes WHERE part = 'tokens'")
        .query(connection, row -> row.getLong(1));
    if (rows.isEmpty()) {
      throw new UnavailableException(
          "sallyport_changes has no row for tokens; insert it again, with a counter that is greater than"
              + " any change_number of sallyport_revocations and sallyport_token_cutoffs",
          RETRY_AFTER,
          null);
    }
    return rows.get(0);
  }

  static void revoke(Connection connection, String id, Instant until) throws SQLException {
    long number = count(connection);
    int known = Sql.of(
            "UPDATE sallyport_revocations SET until_at = GREATEST(until_at, ?), change_number = ?"
                + " WHERE id = ?",
            until,
            number,
            id)
        .update(connection);
    if (known == 0) {
      Sql.of(
              "INSERT INTO sallyport_revocations (id, until_at, change_number) VALUES (?, ?, ?)",
              id,
              until,
              number)
          .update(connection);
    }
  }

  static void revokeAll(
      Connection connection, TokenOwner owner, Instant issuedBefore, Instant until)
      throws SQLException {
    long number = count(connection);
    int known = Sql.of(
            "UPDATE sallyport_token_cutoffs SET issued_before = GREATEST(issued_before, ?),"
                + " until_at = GREATEST(until_at, ?), change_number = ? WHERE store = ? AND user_id = ?",
            issuedBefore,
            until,
            number,
            owner.store(),
            owner.userId())
        .update(connection);
    if (known == 0) {
      Sql.of(
              "INSERT INTO sallyport_token_cutoffs (store, user_id, issued_before, until_at,"
                  + " change_number) VALUES (?, ?, ?, ?, ?)",
              owner.store(),
              owner.userId(),
              issuedBefore,
              until,
              number)
          .update(connection);
    }
  }

  /** Adds what has a greater number to what is known, and tells what that was. */
  static Revocations.Found read(Connection connection, long after, Revocations known)
      throws SQLException {
    Revocations.Found found = new Revocations.Found();
    Sql.of("SELECT id, until_at FROM sallyport_revocations WHERE change_number > ?", after)
        .query(connection, row -> {
          String id = Units.read(row, "id");
          known.add(id, Instants.read(row, "until_at"));
          found.add(id);
          return id;
        });
    Sql.of(
            "SELECT store, user_id, issued_before, until_at FROM sallyport_token_cutoffs"
                + " WHERE change_number > ?",
            after)
        .query(connection, row -> {
          TokenOwner owner = owner(row);
          known.add(owner, Instants.read(row, "issued_before"), Instants.read(row, "until_at"));
          found.add(owner);
          return owner;
        });
    return found;
  }

  static TokenOwner owner(ResultSet row) throws SQLException {
    return new TokenOwner(Units.read(row, "store"), Units.read(row, "user_id"));
  }
}
