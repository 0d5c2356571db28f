package io.sallyport.userstore.jdbc.internal.tokens;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A token as a row of its table. */
final class Row {

  static final String COLUMNS =
      "id, kind, store, user_id, username, secret_hash, stamp_mac, family, description,"
          + " created_at, signed_in_at, expires_at, last_used_at, consumed_at, restrictions";

  static final String INSERT = "INSERT INTO sallyport_tokens (" + COLUMNS
      + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private final TokenSql sql;

  Row(TokenSql sql) {
    this.sql = sql;
  }

  static String kind(TokenKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  void bind(PreparedStatement insert, StoredToken token) throws SQLException {
    int at = 1;
    insert.setString(at++, token.id());
    insert.setString(at++, kind(token.kind()));
    insert.setString(at++, token.owner().store());
    insert.setString(at++, token.owner().userId());
    sql.bindUnits(insert, at++, token.username());
    insert.setString(at++, token.secretHash());
    insert.setBytes(at++, token.stampMac());
    insert.setString(at++, token.familyId().orElse(null));
    sql.bindUnits(insert, at++, token.description().orElse(null));
    insert.setBigDecimal(at++, Instants.toNumber(token.createdAt()));
    insert.setBigDecimal(at++, Instants.toNumber(token.signedInAt()));
    insert.setBigDecimal(at++, Instants.toNumber(token.expiresAt().orElse(null)));
    insert.setBigDecimal(at++, Instants.toNumber(token.lastUsedAt().orElse(null)));
    insert.setBigDecimal(at++, Instants.toNumber(token.consumedAt().orElse(null)));
    insert.setString(at, RestrictionsText.write(token.restrictions()));
  }

  StoredToken read(ResultSet row) throws SQLException {
    TokenOwner owner = new TokenOwner(row.getString("store"), row.getString("user_id"));
    TokenKind kind = TokenKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT));
    return StoredToken.builder(
            kind,
            row.getString("id"),
            owner,
            requireNonNull(sql.units(row, "username"), "username"),
            requireNonNull(instant(row, "created_at"), "created_at"))
        .secretHash(row.getString("secret_hash"))
        .stampMac(row.getBytes("stamp_mac"))
        .familyId(row.getString("family"))
        .description(sql.units(row, "description"))
        .signedInAt(requireNonNull(instant(row, "signed_in_at"), "signed_in_at"))
        .expiresAt(instant(row, "expires_at"))
        .lastUsedAt(instant(row, "last_used_at"))
        .consumedAt(instant(row, "consumed_at"))
        .restrictions(RestrictionsText.read(row.getString("restrictions")))
        .build();
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    return Instants.toInstant(row.getBigDecimal(column));
  }
}
