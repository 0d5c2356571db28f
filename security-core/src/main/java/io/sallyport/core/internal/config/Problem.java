package io.sallyport.core.internal.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a configuration.
 *
 * @param file the file as it was named
 * @param line the line, counted from 1; 0 if it concerns no line
 * @param key the path of keys, empty if it concerns none
 * @param value what was read, escaped and short; null if there is nothing to show or it must not be shown
 * @param text what is wrong or expected, and what to do
 */
public record Problem(
    String file, int line, String key, @Nullable String value, String text) {

  /** The middle column: the key and, if it may be shown, its value. */
  String subject() {
    return value == null ? key : key + " = \"" + value + '"';
  }
}
