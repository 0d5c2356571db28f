package io.sallyport.core.internal.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a token is to end, in the words of existing clients or of ISO 8601: {@code 2030-01-31 12:00} (UTC),
 * {@code 12:00} (today, UTC), {@code +10h}, {@code +1day+10min}, {@code 2030-01-31T12:00:00Z}, {@code PT10H}.
 */
final class ExpiryText {

  private static final int MAX_LENGTH = 64;
  /** Later ones have a form of their own, which clients do not read. */
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern(
          "uuuu-MM-dd HH:mm", Locale.ROOT)
      .withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
  private static final Pattern SPAN = Pattern.compile("(?:\\+ *[0-9]{1,6} *[a-z]+ *)+");
  private static final Pattern PART = Pattern.compile("\\+ *([0-9]{1,6}) *([a-z]+)");
  private static final Map<String, ChronoUnit> UNITS = Map.ofEntries(
      Map.entry("min", ChronoUnit.MINUTES),
      Map.entry("minute", ChronoUnit.MINUTES),
      Map.entry("h", ChronoUnit.HOURS),
      Map.entry("hour", ChronoUnit.HOURS),
      Map.entry("d", ChronoUnit.DAYS),
      Map.entry("day", ChronoUnit.DAYS),
      Map.entry("w", ChronoUnit.WEEKS),
      Map.entry("week", ChronoUnit.WEEKS),
      Map.entry("mo", ChronoUnit.MONTHS),
      Map.entry("month", ChronoUnit.MONTHS),
      Map.entry("y", ChronoUnit.YEARS),
      Map.entry("year", ChronoUnit.YEARS));

  private ExpiryText() {}

  /**
   * Reads when a token is to end.
   *
   * @param text what the caller wrote
   * @param now the present instant
   * @return the instant; empty if the text is in none of the forms
   */
  static Optional<Instant> parse(String text, Instant now) {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    ZonedDateTime minute = now.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);
    return span(stripped.toLowerCase(Locale.ROOT), minute)
        .or(() -> attempt(
            stripped, day -> LocalDateTime.parse(day, DAY_AND_TIME).toInstant(ZoneOffset.UTC)))
        .or(() ->
            attempt(stripped, time -> minute.with(LocalTime.parse(time, TIME)).toInstant()))
        .or(() -> attempt(stripped, instant -> OffsetDateTime.parse(instant).toInstant()))
        .or(() -> attempt(stripped, duration -> now.plus(Duration.parse(duration))));
  }

  private static Optional<Instant> span(String text, ZonedDateTime minute) {
    if (!SPAN.matcher(text).matches()) {
      return Optional.empty();
    }
    return attempt(text, span -> {
      ZonedDateTime end = minute;
      Matcher part = PART.matcher(span);
      while (part.find()) {
        end = end.plus(Integer.parseInt(part.group(1)), unit(part.group(2)));
      }
      return end.toInstant();
    });
  }

  private static ChronoUnit unit(String word) {
    String singular = word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    @Nullable ChronoUnit unit = UNITS.get(singular);
    if (unit == null) {
      throw new DateTimeException("no such unit");
    }
    return unit;
  }

  private static Optional<Instant> attempt(String text, Function<String, Instant> reader) {
    try {
      return Optional.of(reader.apply(text)).filter(LAST::isAfter);
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
