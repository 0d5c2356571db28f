package io.sallyport.core.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTextTest {

  private static final Instant NOW = Instant.parse("2026-11-23T22:36:49.5Z");

  @ParameterizedTest
  @CsvSource({
    "2030-01-31 12:05,2030-01-31T12:05:00Z",
    "23:59,2026-11-23T23:59:00Z",
    "+10h,2026-11-24T08:36:00Z",
    "+30 minutes,2026-11-23T23:06:00Z",
    "+1day+10min,2026-11-24T22:46:00Z",
    "+ 1 day + 10 min,2026-11-24T22:46:00Z",
    "+2w,2026-12-07T22:36:00Z",
    "+3mo,2027-02-23T22:36:00Z",
    "+1 Month,2026-12-23T22:36:00Z",
    "+2years,2028-11-23T22:36:00Z",
    "+1y,2027-11-23T22:36:00Z",
    "+3 d,2026-11-26T22:36:00Z",
    "+1 week,2026-11-30T22:36:00Z",
    "+2 hours,2026-11-24T00:36:00Z",
    "2030-01-31T12:00:00Z,2030-01-31T12:00:00Z",
    "2030-01-31T12:00:00.25+02:00,2030-01-31T10:00:00.250Z",
    "PT10H,2026-11-24T08:36:49.500Z",
    "P7D,2026-11-30T22:36:49.500Z"
  })
  void readsEachForm(String text, Instant end) {
    assertThat(ExpiryText.parse(text, NOW)).contains(end);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "soon",
        "10h",
        "+10",
        "+h",
        "+1 fortnight",
        "+1s",
        "+9999999y",
        "+999999y+999999y+999999y+999999y+999999y+999999y",
        "+1h-1h",
        "2030-02-30 12:00",
        "2030-01-31",
        "24:00",
        "2030-01-31T12:00:00",
        "PT99999999999999999999H",
        "P106751991167300D",
        "+1111111111111111111111111111111111111111111111111111111111111111111h"
      })
  void refusesTheRest(String text) {
    assertThat(ExpiryText.parse(text, NOW)).isEmpty();
  }
}
