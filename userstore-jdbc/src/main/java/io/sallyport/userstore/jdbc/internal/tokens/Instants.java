package io.sallyport.userstore.jdbc.internal.tokens;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Instants as seconds since 1970 with nine decimals, so that none is rounded and all are in order. */
final class Instants {

  private static final int NANO_DIGITS = 9;

  private Instants() {}

  static @Nullable BigDecimal toNumber(@Nullable Instant instant) {
    return instant == null
        ? null
        : BigDecimal.valueOf(instant.getEpochSecond())
            .add(BigDecimal.valueOf(instant.getNano(), NANO_DIGITS));
  }

  static @Nullable Instant toInstant(@Nullable BigDecimal number) {
    if (number == null) {
      return null;
    }
    BigDecimal exact = number.setScale(NANO_DIGITS);
    long seconds = exact.setScale(0, java.math.RoundingMode.FLOOR).longValueExact();
    int nanos = exact.subtract(BigDecimal.valueOf(seconds)).unscaledValue().intValueExact();
    return Instant.ofEpochSecond(seconds, nanos);
  }
}
