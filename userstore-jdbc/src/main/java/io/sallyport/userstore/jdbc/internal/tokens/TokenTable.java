package io.sallyport.userstore.jdbc.internal.tokens;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenOwner;
import io.sallyport.spi.TokenPage;
import io.sallyport.spi.TokenQuery;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import io.sallyport.userstore.jdbc.internal.database.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rows of tokens. What changes some is repeated if it has lost against others, so that it holds under every
 * isolation that a database has by default.
 *
 * <p>Safe for threads.
 */
final class TokenTable {

  /**
   * How many used-up tokens of a family are kept, so that nobody fills the store by renewing, and a thief who renews in
   * haste does not make the stolen one be forgotten before its owner comes with it.
   */
  static final int USED_UP_OF_A_FAMILY = 1024;

  /** How many more there are before some go, so that not every renewal deletes one. */
  static final int MORE_OF_A_FAMILY = 32;

  /** How many rows are changed in one transaction. */
  static final int AT_ONCE = 500;

  private final JdbcDatabase database;
  private final TokenSql sql;

  TokenTable(JdbcDatabase database, TokenSql sql) {
    this.database = database;
    this.sql = sql;
  }

  /** Whether a token is new, which is there then. */
  boolean insert(StoredToken token) {
    Sql insert = Row.insert(token);
    return database.inTransaction(connection -> {
      try {
        insert.update(connection);
        return true;
      } catch (SQLException e) {
        if (!SqlFailure.isDuplicateKey(e)) {
          throw e;
        }
        // what is left of this transaction cannot be committed
        connection.rollback();
        return false;
      }
    });
  }

  /**
   * What there is to know behind the making of a token.
   *
   * @param ended whether it was ended before its time
   * @param usedUp how many used-up tokens its family has
   */
  record Afterwards(boolean ended, long usedUp) {}

  Afterwards afterwards(StoredToken token) {
    String family = token.familyId().orElse(token.id());
    Sql query = Sql.of(
        "SELECT (SELECT COUNT(*) FROM sallyport_revocations WHERE id = ? OR id = ?)"
            + " + (SELECT COUNT(*) FROM sallyport_token_cutoffs"
            + " WHERE store = ? AND user_id = ? AND issued_before > ?),"
            + " (SELECT COUNT(*) FROM sallyport_tokens"
            + " WHERE family = ? AND consumed_at IS NOT NULL)",
        token.id(),
        family,
        token.owner().store(),
        token.owner().userId(),
        token.createdAt(),
        family);
    return database.call(connection -> query
        .query(connection, row -> new Afterwards(row.getLong(1) > 0, row.getLong(2)))
        .get(0));
  }

  /** Deletes all used-up tokens of a family but the latest. What is unknown is refused as well. */
  void deleteEldest(String family) {
    Sql delete = Sql.of(
        "DELETE FROM sallyport_tokens WHERE family = ? AND consumed_at < (SELECT used_at FROM"
            + " (SELECT consumed_at AS used_at FROM sallyport_tokens"
            + " WHERE family = ? AND consumed_at IS NOT NULL ORDER BY consumed_at DESC"
            + " LIMIT 1 OFFSET " + (USED_UP_OF_A_FAMILY - 1) + ") latest)",
        family,
        family);
    database.inTransaction(delete::update);
  }

  Optional<StoredToken> find(String id) {
    Sql query = Sql.of("SELECT " + Row.COLUMNS + " FROM sallyport_tokens WHERE id = ?", id);
    return database.call(
        connection -> query.query(connection, Row::read).stream().findFirst());
  }

  TokenPage list(TokenQuery query) {
    return database.call(connection -> Listing.of(sql, query).page(connection));
  }

  boolean delete(String id) {
    return database.inTransaction(connection -> delete(connection, id)) > 0;
  }

  /** A token, or all of a family, or both. */
  static int deleteFamily(Connection connection, String id) throws SQLException {
    // not in one statement: with OR in it, an index is hardly used
    int family = Sql.of("DELETE FROM sallyport_tokens WHERE family = ?", id).update(connection);
    return family + delete(connection, id);
  }

  private static int delete(Connection connection, String id) throws SQLException {
    return Sql.of("DELETE FROM sallyport_tokens WHERE id = ?", id).update(connection);
  }

  static int deleteOlder(Connection connection, TokenOwner owner, Instant issuedBefore)
      throws SQLException {
    return Sql.of(
            "DELETE FROM sallyport_tokens WHERE store = ? AND user_id = ? AND created_at < ?",
            owner.store(),
            owner.userId(),
            issuedBefore)
        .update(connection);
  }

  void deleteExpired(TokenOwner owner, Instant now) {
    Sql delete = Sql.of(
        "DELETE FROM sallyport_tokens WHERE store = ? AND user_id = ? AND expires_at <= ?",
        owner.store(),
        owner.userId(),
        now);
    database.inTransaction(delete::update);
  }

  boolean consume(String id, Instant now) {
    Sql update = Sql.of(
        "UPDATE sallyport_tokens SET consumed_at = ?"
            + " WHERE id = ? AND kind = 'refresh' AND consumed_at IS NULL",
        now,
        id);
    return database.inTransaction(update::update) > 0;
  }

  /** In one order on all nodes, so that no two wait for each other in a circle. */
  void touch(Map<String, Instant> lastUsed) {
    List<List<Object>> uses = new ArrayList<>();
    new TreeMap<>(lastUsed).forEach((id, at) -> uses.add(List.of(at, id, at)));
    for (int from = 0; from < uses.size(); from += AT_ONCE) {
      List<List<Object>> some = uses.subList(from, Math.min(from + AT_ONCE, uses.size()));
      database.inTransaction(connection -> {
        Sql.updateAll(
            connection,
            "UPDATE sallyport_tokens SET last_used_at = ?"
                + " WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)",
            some);
        return some.size();
      });
    }
  }

  long size() {
    return database.call(Sql.of("SELECT COUNT(*) FROM sallyport_tokens")::number);
  }

  /** Deletes some tokens that have ended by themselves before an instant, and tells how many. */
  int deleteSome(Instant endedBefore, boolean refreshTokensOnly) {
    Sql delete = Sql.of(
        "DELETE FROM sallyport_tokens WHERE id IN (SELECT id FROM"
            + " (SELECT id FROM sallyport_tokens WHERE "
            + (refreshTokensOnly ? "kind = 'refresh' AND" : "")
            + " expires_at < ? ORDER BY expires_at, id LIMIT " + AT_ONCE + ") ended)",
        endedBefore);
    return database.inTransaction(delete::update);
  }
}
