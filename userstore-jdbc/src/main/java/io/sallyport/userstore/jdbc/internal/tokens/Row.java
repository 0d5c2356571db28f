package io.sallyport.userstore.jdbc.internal.tokens;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A token as a row of its table. */
final class Row {

  static final String COLUMNS =
      "id, kind, store, user_id, username, secret_hash, stamp_mac, family, description,"
          + " created_at, signed_in_at, expires_at, last_used_at, consumed_at, restrictions";

  private static final String INSERT = "INSERT INTO sallyport_tokens (" + COLUMNS
      + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /** What fits into a column by which rows are found, on all databases. */
  static final int MOST_KEY_BYTES = 768;

  private Row() {}

  /**
   * Checks a text by which rows are found: a database that cuts off what is too long would keep another one.
   *
   * @throws IllegalArgumentException if it is too long
   */
  static String key(String what, String text) {
    int length = Units.encode(text).length;
    if (length > MOST_KEY_BYTES) {
      throw new IllegalArgumentException("token_store: the " + what + " of a token has " + length
          + " bytes; at most " + MOST_KEY_BYTES + " can be kept in a database");
    }
    return text;
  }

  static Sql insert(StoredToken token) {
    @Nullable String family = token.familyId().orElse(null);
    return Sql.of(
        INSERT,
        key("id", token.id()),
        token.kind(),
        key("userstore", token.owner().store()),
        key("user's id", token.owner().userId()),
        key("user's name", token.username()),
        key("hash", token.secretHash()),
        token.stampMac(),
        family == null ? null : key("family", family),
        token.description().orElse(null),
        token.createdAt(),
        token.signedInAt(),
        token.expiresAt().orElse(null),
        token.lastUsedAt().orElse(null),
        token.consumedAt().orElse(null),
        RestrictionsText.write(token.restrictions()));
  }

  static StoredToken read(ResultSet row) throws SQLException {
    return StoredToken.builder(
            TokenKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
            Units.read(row, "id"),
            new TokenOwner(Units.read(row, "store"), Units.read(row, "user_id")),
            Units.read(row, "username"),
            Instants.read(row, "created_at"))
        .secretHash(Units.read(row, "secret_hash"))
        .stampMac(row.getBytes("stamp_mac"))
        .familyId(Units.readOrNull(row, "family"))
        .description(Units.readOrNull(row, "description"))
        .signedInAt(Instants.read(row, "signed_in_at"))
        .expiresAt(Instants.readOrNull(row, "expires_at"))
        .lastUsedAt(Instants.readOrNull(row, "last_used_at"))
        .consumedAt(Instants.readOrNull(row, "consumed_at"))
        .restrictions(RestrictionsText.read(Units.readOrNull(row, "restrictions")))
        .build();
  }
}
