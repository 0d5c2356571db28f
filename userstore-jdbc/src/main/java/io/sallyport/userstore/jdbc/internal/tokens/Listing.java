package io.sallyport.userstore.jdbc.internal.tokens;

import io.sallyport.spi.TokenPage;
import io.sallyport.spi.TokenQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds the page that a query asks for. The database filters, sorts and counts. */
final class Listing {

  private final TokenSql sql;
  private final TokenQuery query;
  private final StringBuilder condition = new StringBuilder("kind = 'stored'");
  private final List<Object> values = new ArrayList<>();

  private Listing(TokenSql sql, TokenQuery query) {
    this.sql = sql;
    this.query = query;
  }

  static Listing of(TokenSql sql, TokenQuery query) {
    Listing listing = new Listing(sql, query);
    if (query.owner() != null) {
      listing.and("store = ?", query.owner().store());
      listing.and("user_id = ?", query.owner().userId());
    }
    if (query.id() != null) {
      listing.and("id = ?", query.id());
    }
    if (query.username() != null) {
      listing.and("username = ?", query.username());
    }
    if (query.description() != null) {
      listing.and(sql.descriptionHas(), sql.part(query.description()));
    }
    return listing;
  }

  private void and(String test, Object value) {
    condition.append(" AND ").append(test);
    values.add(value);
  }

  TokenPage page(Connection connection) throws SQLException {
    long total = Sql.of(
            "SELECT COUNT(*) FROM sallyport_tokens WHERE " + condition, values.toArray())
        .number(connection);
    if (query.size() == 0 || query.offset() >= total) {
      return new TokenPage(List.of(), total);
    }
    List<Object> all = new ArrayList<>(values);
    all.add(query.size());
    all.add(query.offset());
    return new TokenPage(
        Sql.of(
                "SELECT " + Row.COLUMNS + " FROM sallyport_tokens WHERE " + condition + " ORDER BY "
                    + order() + " LIMIT ? OFFSET ?",
                all.toArray())
            .query(connection, Row::read),
        total);
  }

  /** What lacks the value comes last in either order, and what is equal in the order of ids. */
  private String order() {
    String column = switch (query.sort()) {
      case ID -> "id";
      case USERNAME -> "username";
      case DESCRIPTION -> "description";
      case CREATED -> "created_at";
      case EXPIRES -> "expires_at";
      case LAST_USED -> "last_used_at";
    };
    return sql.order(column, query.descending()) + (column.equals("id") ? "" : ", id");
  }
}
