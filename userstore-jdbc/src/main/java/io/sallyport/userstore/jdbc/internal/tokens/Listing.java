package io.sallyport.userstore.jdbc.internal.tokens;

import io.sallyport.api.StoredToken;
import io.sallyport.spi.TokenPage;
import io.sallyport.spi.TokenQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds the page that a query asks for. The database filters and sorts. */
final class Listing {

  private final TokenSql sql;
  private final Row row;

  Listing(TokenSql sql, Row row) {
    this.sql = sql;
    this.row = row;
  }

  TokenPage page(Connection connection, TokenQuery query) throws SQLException {
    Filter filter = new Filter(query);
    long total;
    try (PreparedStatement count = connection.prepareStatement(
        "SELECT COUNT(*) FROM sallyport_tokens WHERE " + filter.condition())) {
      filter.bind(count);
      try (ResultSet rows = count.executeQuery()) {
        rows.next();
        total = rows.getLong(1);
      }
    }
    if (query.size() == 0 || query.offset() >= total) {
      return new TokenPage(List.of(), total);
    }
    try (PreparedStatement select = connection.prepareStatement("SELECT " + Row.COLUMNS
        + " FROM sallyport_tokens WHERE " + filter.condition() + " ORDER BY " + order(query)
        + " LIMIT ? OFFSET ?")) {
      int at = filter.bind(select);
      select.setInt(at++, query.size());
      select.setInt(at, query.offset());
      List<StoredToken> tokens = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          tokens.add(row.read(rows));
        }
      }
      return new TokenPage(tokens, total);
    }
  }

  /** What lacks the value comes last in either order. */
  private static String order(TokenQuery query) {
    String turned = query.descending() ? " DESC" : "";
    String column = switch (query.sort()) {
      case ID -> "id";
      case USERNAME -> "username";
      case DESCRIPTION -> "description";
      case CREATED -> "created_at";
      case EXPIRES -> "expires_at";
      case LAST_USED -> "last_used_at";
    };
    return column + " IS NULL, " + column + turned + ("id".equals(column) ? "" : ", id");
  }

  /** Which tokens a query asks for. */
  private final class Filter {

    private final TokenQuery query;

    Filter(TokenQuery query) {
      this.query = query;
    }

    String condition() {
      StringBuilder text = new StringBuilder("kind = 'stored'");
      if (query.owner() != null) {
        text.append(" AND store = ? AND user_id = ?");
      }
      if (query.id() != null) {
        text.append(" AND id = ?");
      }
      if (query.username() != null) {
        text.append(" AND username = ?");
      }
      if (query.description() != null && !query.description().isEmpty()) {
        text.append(" AND ").append(sql.descriptionHas());
      } else if (query.description() != null) {
        text.append(" AND description IS NOT NULL");
      }
      return text.toString();
    }

    /** Binds the values, and tells the place of the next one. */
    int bind(PreparedStatement statement) throws SQLException {
      int at = 1;
      if (query.owner() != null) {
        statement.setString(at++, query.owner().store());
        statement.setString(at++, query.owner().userId());
      }
      if (query.id() != null) {
        // no id has such a character, and some databases refuse it rather than not finding it
        statement.setString(at++, query.id().replaceAll("[^ -~]", "?? "));
      }
      if (query.username() != null) {
        sql.bindUnits(statement, at++, query.username());
      }
      if (query.description() != null && !query.description().isEmpty()) {
        sql.bindUnits(statement, at++, query.description());
      }
      return at;
    }
  }
}
