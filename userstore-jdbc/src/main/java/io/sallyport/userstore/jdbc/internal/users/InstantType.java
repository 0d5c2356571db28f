package io.sallyport.userstore.jdbc.internal.users;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an instant is stored. It is read without the zone of this machine, since nodes may have different ones. */
enum InstantType {
  /** Not at all, or in a way that is not understood. */
  NONE {
    @Override
    @Nullable
    Instant read(ResultSet row, int column) {
      return null;
    }
  },
  WITH_ZONE {
    @Override
    @Nullable
    Instant read(ResultSet row, int column) throws SQLException {
      OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
      return value == null ? null : value.toInstant();
    }
  },
  WITHOUT_ZONE {
    @Override
    @Nullable
    Instant read(ResultSet row, int column) throws SQLException {
      LocalDateTime value = row.getObject(column, LocalDateTime.class);
      return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }
  },
  SECONDS {
    @Override
    @Nullable
    Instant read(ResultSet row, int column) throws SQLException {
      BigDecimal value = row.getBigDecimal(column);
      if (value == null) {
        return null;
      }
      BigDecimal[] parts = value.divideAndRemainder(BigDecimal.ONE);
      return Instant.ofEpochSecond(
          parts[0].longValue(), parts[1].movePointRight(9).longValue());
    }
  };

  @Nullable
  abstract Instant read(ResultSet row, int column) throws SQLException;

  static InstantType of(ResultSetMetaData columns, int column) throws SQLException {
    return switch (columns.getColumnType(column)) {
      case Types.TIMESTAMP_WITH_TIMEZONE -> WITH_ZONE;
      case Types.TIMESTAMP -> {
        String name = columns.getColumnTypeName(column).toLowerCase(Locale.ROOT);
        yield name.equals("timestamptz") || name.contains("with time zone")
            ? WITH_ZONE
            : WITHOUT_ZONE;
      }
      case Types.BIGINT, Types.INTEGER, Types.NUMERIC, Types.DECIMAL -> SECONDS;
      default -> NONE;
    };
  }
}
