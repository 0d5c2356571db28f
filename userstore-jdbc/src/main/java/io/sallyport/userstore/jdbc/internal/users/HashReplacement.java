package io.sallyport.userstore.jdbc.internal.users;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.Secret;
import io.sallyport.spi.PasswordEpoch;
import io.sallyport.spi.PasswordUpdates;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a hash with one statement that does nothing unless hash and epoch are still those that were read: of
 * all who try, one succeeds, and nobody's change by hand is undone.
 */
final class HashReplacement implements PasswordUpdates {

  /** As long as the column of our own tables. */
  static final int MAX_LENGTH = 1024;

  private static final String TOO_LONG = "22001";

  private final JdbcDatabase database;
  private final UserTable users;
  private final IdType ids;
  private final NamedSql update;
  private final Optional<NamedSql> countChange;
  private final UserMemory memory;

  HashReplacement(
      JdbcDatabase database, UserTable users, IdType ids, UserQueries queries, UserMemory memory) {
    this.database = database;
    this.users = users;
    this.ids = ids;
    this.update = queries.updatePassword().orElseThrow();
    this.countChange = queries.countChange();
    this.memory = memory;
  }

  @Override
  public boolean replaceHash(String userId, Secret expected, Secret replacement) {
    String hash = replacement.revealText();
    if (hash.isEmpty()
        || hash.length() > MAX_LENGTH
        || hash.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a hash must have 1 to " + MAX_LENGTH
          + " characters without control characters, got length " + hash.length());
    }
    boolean replaced;
    try {
      replaced =
          database.inTransaction(connection -> replace(connection, userId, expected, replacement));
    } finally {
      // it may have been replaced also if that is not known
      memory.changed(userId);
    }
    return replaced;
  }

  private boolean replace(Connection connection, String userId, Secret expected, Secret replacement)
      throws SQLException {
    Account before = account(connection, userId);
    if (before == null || !before.has(expected)) {
      return false;
    }
    String epoch = PasswordEpoch.kept(expected, before.passwordEpoch(), replacement);
    Map<String, Object> values = Map.of(
        "id", ids.parse(userId).orElseThrow(),
        "expected", expected.revealText(),
        "replacement", replacement.revealText(),
        "password_epoch", epoch,
        "expected_epoch", before.passwordEpoch() == null ? "" : before.passwordEpoch());
    if (execute(connection, update, values) != 1) {
      return false;
    }
    proveItIsKept(connection, userId, replacement, epoch);
    if (countChange.isPresent()) {
      execute(connection, countChange.get(), Map.of());
    }
    return true;
  }

  private @Nullable Account account(Connection connection, String userId) throws SQLException {
    return users.theOne(users.byId(connection, userId)).map(FoundUser::account).orElse(null);
  }

  private static int execute(Connection connection, NamedSql sql, Map<String, Object> values)
      throws SQLException {
    try (PreparedStatement statement = sql.prepare(connection, values)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      if (TOO_LONG.equals(e.getSQLState())) {
        throw notKept();
      }
      throw e;
    }
  }

  /** There are databases that cut off what is too long, and an account whose hash was cut off is lost. */
  private void proveItIsKept(Connection connection, String userId, Secret replacement, String epoch)
      throws SQLException {
    Account after = account(connection, userId);
    if (after == null
        || !after.has(replacement)
        || !requireNonNull(epoch).equals(after.passwordEpoch())) {
      throw notKept();
    }
  }

  private static IllegalArgumentException notKept() {
    return new IllegalArgumentException(
        "the columns of the password and its epoch do not keep what is written; they need "
            + MAX_LENGTH + " and 64 characters at most");
  }
}
