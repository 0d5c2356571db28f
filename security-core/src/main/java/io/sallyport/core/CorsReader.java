package io.sallyport.core;

import io.sallyport.spi.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads {@code cors}. */
final class CorsReader {

  private final Settings cors;

  CorsReader(Settings cors) {
    this.cors = cors;
  }

  /** What pages of other origins may; empty if there is a problem. */
  Optional<Cors> read() {
    Optional<Cors> read =
        Checked.value(cors, "origins", () -> Cors.of(names(cors.texts("origins"))));
    // every key is read, so that none is unknown and all of their problems are listed
    Cors draft = read.orElseGet(() -> Cors.of("https://origin.invalid"));
    draft = with(draft, "methods", Cors::methods);
    draft = with(draft, "headers", Cors::headers);
    draft = with(draft, "expose", Cors::expose);
    draft = draft.maxAge(
        cors.duration("max_age", Cors.DEFAULT_MAX_AGE, Duration.ZERO, Cors.LONGEST_MAX_AGE));
    Cors complete = draft;
    if (cors.flag("credentials", false)) {
      complete = Checked.value(cors, "credentials", complete::withCredentials).orElse(complete);
    }
    Cors all = complete;
    return read.map(origins -> all);
  }

  private Cors with(Cors draft, String key, BiFunction<Cors, String[], Cors> set) {
    String[] names = names(cors.texts(key));
    return Checked.value(cors, key, () -> set.apply(draft, names)).orElse(draft);
  }

  private static String[] names(List<String> texts) {
    return texts.toArray(String[]::new);
  }
}
