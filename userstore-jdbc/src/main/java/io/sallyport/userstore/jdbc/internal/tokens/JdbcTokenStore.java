package io.sallyport.userstore.jdbc.internal.tokens;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenOwner;
import io.sallyport.spi.TokenPage;
import io.sallyport.spi.TokenQuery;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import io.sallyport.userstore.jdbc.internal.database.SqlFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tokens in a database that nodes share.
 *
 * <p>Whatever ends tokens begins by counting in one row, and whatever saves one begins by locking that row against
 * it: so a token that is being made while its family or its owner's tokens are ended either is there to be deleted,
 * or is refused.
 */
public final class JdbcTokenStore implements TokenStore {

  /**
   * How many used-up tokens of a family are kept, so that nobody fills the store by renewing, and a thief who renews in
   * haste does not make the stolen one be forgotten before its owner comes with it.
   */
  private static final int USED_UP_OF_A_FAMILY = 1024;

  private static final String COUNT =
      "UPDATE sallyport_changes SET counter = counter + 1 WHERE part = 'tokens'";
  private static final String COUNTER =
      "SELECT counter FROM sallyport_changes WHERE part = 'tokens'";
  private static final int MOST_ID_LENGTH = 255;

  private final JdbcDatabase database;
  private final TokenSql sql;
  private final Row row;
  private final Listing listing;
  private final RevocationFeed feed;

  private JdbcTokenStore(JdbcDatabase database, TokenSql sql, RevocationFeed feed) {
    this.database = database;
    this.sql = sql;
    this.row = new Row(sql);
    this.listing = new Listing(sql, row);
    this.feed = feed;
  }

  /** Opens the store of a database that has its tables. */
  public static JdbcTokenStore open(JdbcDatabase database, Freshness freshness) {
    TokenSql sql = new TokenSql(database.dialect());
    return new JdbcTokenStore(
        database, sql, RevocationFeed.start(database, sql, freshness, System::nanoTime));
  }

  @Override
  public boolean save(StoredToken token) {
    requireNonNull(token, "token");
    return database.inTransaction(connection -> save(connection, token));
  }

  private boolean save(Connection connection, StoredToken token) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(sql.sharedCounter())) {
      lock.executeQuery().close();
    }
    try (PreparedStatement query =
        connection.prepareStatement("SELECT (SELECT COUNT(*) FROM sallyport_tokens WHERE id = ?),"
            + " (SELECT COUNT(*) FROM sallyport_revocations WHERE id = ? OR id = ?)"
            + " + (SELECT COUNT(*) FROM sallyport_token_cutoffs"
            + " WHERE store = ? AND user_id = ? AND issued_before > ?)")) {
      query.setString(1, token.id());
      query.setString(2, token.id());
      query.setString(3, token.familyId().orElse(token.id()));
      query.setString(4, token.owner().store());
      query.setString(5, token.owner().userId());
      query.setBigDecimal(6, Instants.toNumber(token.createdAt()));
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        if (rows.getInt(1) > 0) {
          return false;
        }
        if (rows.getInt(2) > 0) {
          throw new UnavailableException(
              "token " + token.id() + " was ended while it was being made; ask for another one",
              Duration.ofSeconds(1),
              null);
        }
      }
    }
    return insert(connection, token);
  }

  private boolean insert(Connection connection, StoredToken token) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(Row.INSERT)) {
      row.bind(insert, token);
      insert.executeUpdate();
    } catch (SQLException e) {
      if (!SqlFailure.isDuplicateKey(e)) {
        throw e;
      }
      // of two at once, the other was first; what is left of this transaction cannot be committed
      connection.rollback();
      return false;
    }
    if (token.familyId().isPresent()) {
      deleteEldest(connection, token.familyId().get());
    }
    return true;
  }

  /** A token that was used up so long ago is unknown from now on, which is refused as well. */
  private static void deleteEldest(Connection connection, String family) throws SQLException {
    if (sizeOf(connection, family) <= USED_UP_OF_A_FAMILY + 1) {
      return;
    }
    Optional<String> eldest;
    try (PreparedStatement query = connection.prepareStatement("SELECT id FROM sallyport_tokens"
        + " WHERE family = ? AND consumed_at IS NOT NULL ORDER BY consumed_at, id LIMIT 1")) {
      query.setString(1, family);
      try (ResultSet rows = query.executeQuery()) {
        eldest = rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    }
    if (eldest.isPresent()) {
      delete(connection, "id = ?", eldest.get());
    }
  }

  private static int sizeOf(Connection connection, String family) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT COUNT(*) FROM sallyport_tokens WHERE family = ?")) {
      query.setString(1, family);
      try (ResultSet rows = query.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  private static int delete(Connection connection, String condition, String value)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM sallyport_tokens WHERE " + condition)) {
      delete.setString(1, value);
      return delete.executeUpdate();
    }
  }

  @Override
  public Optional<StoredToken> find(String id) {
    if (!mayBeKept(id)) {
      return Optional.empty();
    }
    return database.call(connection -> {
      try (PreparedStatement query = connection.prepareStatement(
          "SELECT " + Row.COLUMNS + " FROM sallyport_tokens WHERE id = ?")) {
        query.setString(1, id);
        try (ResultSet rows = query.executeQuery()) {
          // once more in Java, whatever somebody has made of the column's collation
          return rows.next()
              ? Optional.of(row.read(rows)).filter(found -> found.id().equals(id))
              : Optional.empty();
        }
      }
    });
  }

  /** What no database would find; some refuse such a text rather than not finding it. */
  private static boolean mayBeKept(String id) {
    return id.length() <= MOST_ID_LENGTH && id.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  @Override
  public TokenPage list(TokenQuery query) {
    requireNonNull(query, "query");
    return database.call(connection -> listing.page(connection, query));
  }

  @Override
  public boolean delete(String id) {
    return mayBeKept(id) && database.call(connection -> delete(connection, "id = ?", id) > 0);
  }

  @Override
  public void deleteExpired(TokenOwner owner, Instant now) {
    database.call(connection -> {
      try (PreparedStatement delete = connection.prepareStatement(
          "DELETE FROM sallyport_tokens WHERE store = ? AND user_id = ? AND expires_at <= ?")) {
        delete.setString(1, owner.store());
        delete.setString(2, owner.userId());
        delete.setBigDecimal(3, Instants.toNumber(now));
        return delete.executeUpdate();
      }
    });
  }

  @Override
  public void touch(Map<String, Instant> lastUsed) {
    if (lastUsed.isEmpty()) {
      return;
    }
    database.inTransaction(connection -> {
      try (PreparedStatement update = connection.prepareStatement("UPDATE sallyport_tokens"
          + " SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)")) {
        // in one order on all nodes, so that no two wait for each other
        for (Map.Entry<String, Instant> use : new TreeMap<>(lastUsed).entrySet()) {
          if (mayBeKept(use.getKey())) {
            update.setBigDecimal(1, Instants.toNumber(use.getValue()));
            update.setString(2, use.getKey());
            update.setBigDecimal(3, Instants.toNumber(use.getValue()));
            update.addBatch();
          }
        }
        return update.executeBatch().length;
      }
    });
  }

  @Override
  public boolean consume(String id, Instant now) {
    requireNonNull(now, "now");
    return mayBeKept(id)
        && database.call(connection -> {
          try (PreparedStatement update = connection.prepareStatement("UPDATE sallyport_tokens"
              + " SET consumed_at = ? WHERE id = ? AND kind = 'refresh' AND consumed_at IS NULL")) {
            update.setBigDecimal(1, Instants.toNumber(now));
            update.setString(2, id);
            return update.executeUpdate() > 0;
          }
        });
  }

  @Override
  public void revoke(String tokenId, Instant until) {
    requireNonNull(until, "until");
    if (!feed.known().has(tokenId, until)) {
      database.inTransaction(connection -> {
        long number = count(connection);
        revoke(connection, tokenId, until, number);
        delete(connection, "id = ?", tokenId);
        return delete(connection, "family = ?", tokenId);
      });
      feed.known().add(tokenId, until);
    }
  }

  /** The number of a change; nobody else gets one before this transaction has ended. */
  private static long count(Connection connection) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(COUNT)) {
      update.executeUpdate();
    }
    try (PreparedStatement query = connection.prepareStatement(COUNTER);
        ResultSet rows = query.executeQuery()) {
      if (!rows.next()) {
        throw new SQLException("sallyport_changes has lost its row for tokens");
      }
      return rows.getLong(1);
    }
  }

  private static void revoke(Connection connection, String id, Instant until, long number)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement("UPDATE sallyport_revocations"
        + " SET until_at = GREATEST(until_at, ?), change_number = ? WHERE id = ?")) {
      update.setBigDecimal(1, Instants.toNumber(until));
      update.setLong(2, number);
      update.setString(3, id);
      if (update.executeUpdate() > 0) {
        return;
      }
    }
    try (PreparedStatement insert = connection.prepareStatement(
        "INSERT INTO sallyport_revocations (id, until_at, change_number) VALUES (?, ?, ?)")) {
      insert.setString(1, id);
      insert.setBigDecimal(2, Instants.toNumber(until));
      insert.setLong(3, number);
      insert.executeUpdate();
    }
  }

  @Override
  public void revokeAll(TokenOwner owner, Instant issuedBefore, Instant until) {
    requireNonNull(until, "until");
    if (!feed.known().has(owner, issuedBefore, until)) {
      database.inTransaction(connection -> {
        cutOff(connection, owner, issuedBefore, until, count(connection));
        try (PreparedStatement delete = connection.prepareStatement(
            "DELETE FROM sallyport_tokens WHERE store = ? AND user_id = ? AND created_at < ?")) {
          delete.setString(1, owner.store());
          delete.setString(2, owner.userId());
          delete.setBigDecimal(3, Instants.toNumber(issuedBefore));
          return delete.executeUpdate();
        }
      });
      feed.known().add(owner, issuedBefore, until);
    }
  }

  private static void cutOff(
      Connection connection, TokenOwner owner, Instant issuedBefore, Instant until, long number)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement("UPDATE sallyport_token_cutoffs"
        + " SET issued_before = GREATEST(issued_before, ?), until_at = GREATEST(until_at, ?),"
        + " change_number = ? WHERE store = ? AND user_id = ?")) {
      update.setBigDecimal(1, Instants.toNumber(issuedBefore));
      update.setBigDecimal(2, Instants.toNumber(until));
      update.setLong(3, number);
      update.setString(4, owner.store());
      update.setString(5, owner.userId());
      if (update.executeUpdate() > 0) {
        return;
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO sallyport_token_cutoffs"
            + " (store, user_id, issued_before, until_at, change_number) VALUES (?, ?, ?, ?, ?)")) {
      insert.setString(1, owner.store());
      insert.setString(2, owner.userId());
      insert.setBigDecimal(3, Instants.toNumber(issuedBefore));
      insert.setBigDecimal(4, Instants.toNumber(until));
      insert.setLong(5, number);
      insert.executeUpdate();
    }
  }

  @Override
  public boolean isRevoked(TokenDetails token, TokenOwner owner) {
    return feed.current().isEnded(token, owner);
  }

  @Override
  public void close() {
    feed.close();
  }
}
