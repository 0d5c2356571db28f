package io.sallyport.userstore.jdbc.internal.users;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** How ids are stored, so that one is bound as what it is, and an index is used. */
enum IdType {
  TEXT {
    @Override
    Optional<Object> parse(String id) {
      return Optional.of(id);
    }
  },
  NUMBER {
    @Override
    Optional<Object> parse(String id) {
      try {
        return Optional.of(Long.valueOf(id));
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
    }
  },
  UUID_TYPE {
    @Override
    Optional<Object> parse(String id) {
      try {
        return Optional.of(UUID.fromString(id));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  };

  /** The id as its column has it; empty if none there can be the same. */
  abstract Optional<Object> parse(String id);

  /** Any value of this type. */
  Object any() {
    return switch (this) {
      case TEXT -> "";
      case NUMBER -> 0L;
      case UUID_TYPE -> new UUID(0, 0);
    };
  }

  static IdType of(ResultSetMetaData columns, int column) throws SQLException {
    return switch (columns.getColumnType(column)) {
      case Types.BIGINT,
          Types.INTEGER,
          Types.SMALLINT,
          Types.TINYINT,
          Types.NUMERIC,
          Types.DECIMAL -> NUMBER;
      default ->
        columns.getColumnTypeName(column).toLowerCase(Locale.ROOT).equals("uuid")
            ? UUID_TYPE
            : TEXT;
    };
  }
}
