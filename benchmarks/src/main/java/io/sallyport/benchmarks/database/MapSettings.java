package io.sallyport.benchmarks.database;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers as {@link io.sallyport.spi.Settings} from plain pairs, flat and without secrets. */
final class MapSettings {

  private MapSettings() {}

  static @Nullable Object answer(
      Map<String, String> pairs, Method method, Object @Nullable [] args) {
    if (args == null) {
      return method.getName().equals("keys") ? pairs.keySet() : "benchmark";
    }
    String name = method.getName();
    if (name.equals("reject")) {
      throw new IllegalStateException("rejected: " + List.of(args));
    }
    String value = pairs.get((String) args[0]);
    return switch (name) {
      case "has", "isText" -> value != null;
      case "optionalText", "optionalSection", "optionalSecret" -> Optional.ofNullable(value);
      case "texts", "sections" -> List.of();
      case "choice" -> args[2];
      default -> value == null && args.length > 1 ? args[1] : parsed(name, value, args);
    };
  }

  private static @Nullable Object parsed(String type, @Nullable String value, Object[] args) {
    if (value == null) {
      throw new IllegalStateException("needed: " + args[0]);
    }
    return switch (type) {
      case "text" -> value;
      case "flag" -> Boolean.valueOf(value);
      case "integer" -> Long.valueOf(value);
      case "duration" -> Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
      default -> throw new IllegalStateException("not in a benchmark: " + type);
    };
  }
}
