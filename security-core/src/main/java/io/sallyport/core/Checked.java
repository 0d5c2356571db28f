package io.sallyport.core;

import io.sallyport.spi.Settings;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns what a builder refuses into a problem with the key that it came from. */
final class Checked {

  private Checked() {}

  static <T> Optional<T> value(Settings settings, String key, Supplier<T> use) {
    try {
      return Optional.of(use.get());
    } catch (IllegalArgumentException e) {
      settings.reject(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
