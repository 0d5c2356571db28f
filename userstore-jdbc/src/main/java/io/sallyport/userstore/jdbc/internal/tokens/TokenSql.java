package io.sallyport.userstore.jdbc.internal.tokens;

import io.sallyport.userstore.jdbc.internal.database.Dialect;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What differs between databases, of statements on tokens. */
final class TokenSql {

  /** MariaDB sorts by no more than the first 1,024 bytes of a value ({@code max_sort_length}). */
  private static final int SORTED_PIECE = 1000;

  /** Descriptions are shorter. */
  private static final int SORTED_PIECES = 4;

  private final Dialect dialect;

  TokenSql(Dialect dialect) {
    this.dialect = dialect;
  }

  /** The database's time in whole seconds since 1970, whatever the zone of the session. */
  String seconds() {
    return switch (dialect) {
      case POSTGRESQL -> "CAST(FLOOR(EXTRACT(EPOCH FROM clock_timestamp())) AS BIGINT)";
      case MARIADB -> "TIMESTAMPDIFF(SECOND, '1970-01-01', UTC_TIMESTAMP())";
      case H2 -> "CAST(FLOOR(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP)) AS BIGINT)";
    };
  }

  /** Whether the description has the part that is bound. */
  String descriptionHas() {
    return switch (dialect) {
      case POSTGRESQL -> "POSITION(? IN description) > 0";
      case MARIADB -> "LOCATE(?, description) > 0";
      case H2 -> "REGEXP_LIKE(RAWTOHEX(description), ?)";
    };
  }

  /** What is bound for a part of a description. H2 searches texts only: the hex digits, two by two. */
  Object part(String text) {
    byte[] bytes = Units.encode(text);
    return dialect == Dialect.H2
        ? new HexPattern("^(?:..)*" + HexFormat.of().withLowerCase().formatHex(bytes))
        : bytes;
  }

  /** A text that is bound as a text. */
  record HexPattern(String expression) {}

  /** By what a column is sorted, null last. */
  String order(String column, boolean descending) {
    String turned = descending ? " DESC" : "";
    String value = dialect == Dialect.MARIADB && column.equals("description")
        ? IntStream.range(0, SORTED_PIECES)
            .mapToObj(piece -> "SUBSTRING(description, " + (piece * SORTED_PIECE + 1) + ", "
                + SORTED_PIECE + ")" + turned)
            .collect(Collectors.joining(", "))
        : column + turned;
    return "CASE WHEN " + column + " IS NULL THEN 1 ELSE 0 END, " + value;
  }
}
