package io.sallyport.userstore.jdbc.internal.tokens;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Instants as seconds since 1970 with nine decimals, so that none is rounded and all are in order. */
final class Instants {

  private static final int NANO_DIGITS = 9;

  private Instants() {}

  static BigDecimal toNumber(Instant instant) {
    return BigDecimal.valueOf(instant.getEpochSecond())
        .add(BigDecimal.valueOf(instant.getNano(), NANO_DIGITS));
  }

  static Instant toInstant(BigDecimal number) {
    BigDecimal exact = number.setScale(NANO_DIGITS, RoundingMode.UNNECESSARY);
    long seconds = exact.setScale(0, RoundingMode.FLOOR).longValueExact();
    int nanos = exact.subtract(BigDecimal.valueOf(seconds)).unscaledValue().intValueExact();
    return Instant.ofEpochSecond(seconds, nanos);
  }

  /** The instant of a column that is never null. */
  static Instant read(ResultSet row, String column) throws SQLException {
    return toInstant(row.getBigDecimal(column));
  }

  static @Nullable Instant readOrNull(ResultSet row, String column) throws SQLException {
    BigDecimal number = row.getBigDecimal(column);
    return number == null ? null : toInstant(number);
  }
}
