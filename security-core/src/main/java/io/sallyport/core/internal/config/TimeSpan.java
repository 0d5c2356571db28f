package io.sallyport.core.internal.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time spans as they are written: a whole number and a unit. */
final class TimeSpan {

  private static final Pattern WRITTEN = Pattern.compile("(0|[1-9][0-9]{0,11})(ms|s|m|h|d)");

  private TimeSpan() {}

  static Optional<Duration> parse(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(written.group(1));
    return Optional.of(
        switch (written.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }

  /** In the largest unit that needs no fraction. */
  static String write(Duration span) {
    if (span.toMillisPart() != 0 || span.isZero()) {
      return span.toMillis() + "ms";
    }
    if (span.toSecondsPart() != 0) {
      return span.toSeconds() + "s";
    }
    if (span.toMinutesPart() != 0) {
      return span.toMinutes() + "m";
    }
    return span.toHoursPart() != 0 || span.toDays() == 1
        ? span.toHours() + "h"
        : span.toDays() + "d";
  }
}
