package io.sallyport.userstore.jdbc.internal.users;

import io.sallyport.api.Credential;
import io.sallyport.api.Secret;
import io.sallyport.api.SecurityStamp;
import io.sallyport.spi.PasswordEpoch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a row says of whether and how a user may sign in, and until when what it signed in with holds. */
record Account(
    String username,
    @Nullable Secret password,
    @Nullable String passwordEpoch,
    boolean active,
    boolean locked,
    @Nullable Instant tokensNotBefore) {

  private static final Set<String> YES = Set.of("true", "t", "yes", "y", "1");
  private static final Set<String> NO = Set.of("false", "f", "no", "n", "0");

  static Account read(String username, Columns columns, ResultSet row) throws SQLException {
    String password = columns.something(row, Columns.PASSWORD);
    return new Account(
        username,
        password == null ? null : Secret.ofText(password),
        columns.something(row, Columns.PASSWORD_EPOCH),
        !columns.has(Columns.ACTIVE) || YES.contains(word(columns, row, Columns.ACTIVE)),
        columns.has(Columns.LOCKED) && !NO.contains(word(columns, row, Columns.LOCKED)),
        columns.has(Columns.TOKENS_NOT_BEFORE)
            ? columns.instantType().read(row, columns.position(Columns.TOKENS_NOT_BEFORE))
            : null);
  }

  /** A flag as a word. What says neither yes nor no is for the reader to refuse. */
  private static String word(Columns columns, ResultSet row, String label) throws SQLException {
    Object value = row.getObject(columns.position(label));
    return String.valueOf(value).strip().toLowerCase(Locale.ROOT);
  }

  Credential credential() {
    return password == null ? new Credential.None() : new Credential.Stored(password);
  }

  SecurityStamp stamp(String id) {
    return SecurityStamp.of(id, PasswordEpoch.of(password, passwordEpoch), active, tokensNotBefore);
  }

  /** Whether this is the stored hash. */
  boolean has(Secret stored) {
    return password != null && password.matches(stored);
  }

  /** Whether everything is the same; a record's own comparison would tell secrets apart by identity. */
  boolean isSame(Account other) {
    boolean samePassword = password == null ? other.password == null : other.has(password);
    return samePassword
        && username.equals(other.username)
        && active == other.active
        && locked == other.locked
        && Objects.equals(passwordEpoch, other.passwordEpoch)
        && Objects.equals(tokensNotBefore, other.tokensNotBefore);
  }

  /** Without the epoch, which may tell a little of the hash. */
  @Override
  public String toString() {
    return "Account[" + username + "]";
  }
}
