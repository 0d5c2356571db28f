package io.sallyport.authprovider.token.internal.stored;

import io.sallyport.spi.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long tokens live.
 *
 * @param standard unless their owner wishes otherwise; null for ever
 * @param longest at most; null if for ever is permitted
 */
public record LifeTimes(
    @Nullable Duration standard, @Nullable Duration longest) {

  private static final String NEVER = "never";
  private static final Duration LEAST = Duration.ofMinutes(1);
  private static final Duration MOST = Duration.ofDays(3650);

  /** The life times that settings name. */
  public static LifeTimes read(Settings settings) {
    Duration standard = read(settings, "default_life_time", Duration.ofDays(90));
    Duration longest = read(settings, "max_life_time", Duration.ofDays(365));
    if (longest != null && (standard == null || standard.compareTo(longest) > 0)) {
      if (settings.has("default_life_time") || settings.has("max_life_time")) {
        String key = settings.has("default_life_time") ? "default_life_time" : "max_life_time";
        settings.reject(
            key,
            "expected a default_life_time (90d if left out) of at most max_life_time (365d if left out)");
      }
      return new LifeTimes(longest, longest);
    }
    return new LifeTimes(standard, longest);
  }

  private static @Nullable Duration read(Settings settings, String key, Duration fallback) {
    return settings.text(key, "").equals(NEVER)
        ? null
        : settings.duration(key, fallback, LEAST, MOST);
  }

  /**
   * The end of a token that is made now.
   *
   * @param wish when its owner wishes it to end; {@link Instant#MAX} for never, null if it does not say
   * @param latest when it must have ended, for another reason; null if there is none
   * @return null if it does not end
   */
  @Nullable
  Instant end(Instant now, @Nullable Instant wish, @Nullable Instant latest) {
    Instant bound = earlier(longest == null ? null : now.plus(longest), latest);
    if (wish == null) {
      return earlier(standard == null ? null : now.plus(standard), bound);
    }
    if (wish.equals(Instant.MAX)) {
      if (bound != null) {
        throw wrong("a token of this kind has to end, at " + shown(bound) + " at the latest");
      }
      return null;
    }
    if (!wish.isAfter(now)) {
      throw wrong("must be in the future, got " + wish);
    }
    if (bound != null && wish.isAfter(bound)) {
      throw wrong("must not be after " + shown(bound) + ", got " + wish);
    }
    return wish;
  }

  static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  private static Instant shown(Instant bound) {
    return bound.truncatedTo(ChronoUnit.SECONDS);
  }

  private static IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException("expires: " + expected);
  }
}
