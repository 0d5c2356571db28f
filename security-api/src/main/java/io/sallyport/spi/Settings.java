package io.sallyport.spi;

import io.sallyport.api.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A typed, read-only view of one mapping of a configuration, such as the {@code properties:} of an
 * entry.
 *
 * <p>Every scalar is text until a method of this type converts it. A value that cannot be converted or
 * is out of bounds, and a required one that is missing, is noted as a problem with file, line, key and
 * what is expected; the method then returns a stand-in of the right type. Once whoever reads has
 * finished, the problems of all sections are reported together, and what was built is thrown away.
 *
 * <p>Keys that nobody asked for are problems too, each with the nearest key that was asked for. {@link
 * #keys()} asks for none.
 *
 * <p>For a list-valued key, an absent value, an empty one, {@code null} and {@code ~} all mean the empty
 * list.
 *
 * <p><b>Threads.</b> For the thread that was given it, during the call that was given it.
 *
 * @since 0.1
 */
public interface Settings {

  /**
   * Where this mapping stands, for messages.
   *
   * @return file, line and path of keys
   */
  String location();

  /**
   * The keys of this mapping.
   *
   * @return the keys in their order
   */
  Set<String> keys();

  /**
   * Whether a key is there. Counts as asking for it.
   *
   * @param key the key
   * @return whether it has any value, an empty one included
   */
  boolean has(String key);

  /**
   * Whether a value is written as a single text, for keys that may be a word or a mapping.
   *
   * @param key the key
   * @return false if it is absent or has parts
   */
  boolean isText(String key);

  /**
   * A required text.
   *
   * @param key the key
   * @return the text, not empty
   */
  String text(String key);

  /**
   * A text with a default.
   *
   * @param key the key
   * @param fallback what an absent key means
   * @return the text, may be empty if it is written so
   */
  String text(String key, String fallback);

  /**
   * A text that may be absent.
   *
   * @param key the key
   * @return the text, empty if the key is absent
   */
  Optional<String> optionalText(String key);

  /**
   * A required text that must never be shown.
   *
   * @param key the key
   * @return the text as a secret, not empty
   */
  Secret secret(String key);

  /**
   * A text that may be absent and must never be shown.
   *
   * @param key the key
   * @return the text as a secret, not empty; empty if the key is absent
   */
  Optional<Secret> optionalSecret(String key);

  /**
   * Yes or no, written {@code true} or {@code false}.
   *
   * @param key the key
   * @param fallback what an absent key means
   * @return the flag
   */
  boolean flag(String key, boolean fallback);

  /**
   * A whole number.
   *
   * @param key the key
   * @param fallback what an absent key means
   * @param min the least value permitted
   * @param max the greatest value permitted
   * @return the number
   */
  long integer(String key, long fallback, long min, long max);

  /**
   * A time span, written as a whole number with a unit such as {@code 250ms}, {@code 30s}, {@code 15m},
   * {@code 12h} or {@code 7d}.
   *
   * @param key the key
   * @param fallback what an absent key means
   * @param min the least value permitted
   * @param max the greatest value permitted
   * @return the time span
   */
  Duration duration(String key, Duration fallback, Duration min, Duration max);

  /**
   * One of the constants of an enumeration, written in any case and with dashes or underscores.
   *
   * @param <E> the enumeration
   * @param key the key
   * @param type the enumeration
   * @param fallback what an absent key means
   * @return the constant
   */
  <E extends Enum<E>> E choice(String key, Class<E> type, E fallback);

  /**
   * A required path of a file, relative to the folder of the configuration. Whether it is there is not
   * looked at.
   *
   * @param key the key
   * @return the absolute path
   */
  Path file(String key);

  /**
   * A list of texts.
   *
   * @param key the key
   * @return the texts in their order, each not empty; a single text is a list of one
   */
  List<String> texts(String key);

  /**
   * A required mapping.
   *
   * @param key the key
   * @return its view
   */
  Settings section(String key);

  /**
   * A mapping that may be absent.
   *
   * @param key the key
   * @return its view, empty if the key is absent
   */
  Optional<Settings> optionalSection(String key);

  /**
   * A list of mappings. A mapping whose values are mappings is read as the list of its values, its keys
   * being mere labels: older configurations have that form.
   *
   * @param key the key
   * @return their views in order
   */
  List<Settings> sections(String key);

  /**
   * Notes a problem with the value of a key that was read from here.
   *
   * @param key the key; the value is shown unless it was read as a secret
   * @param expected what is expected, and what to do
   */
  void reject(String key, String expected);

  /**
   * Notes a problem with this mapping as a whole.
   *
   * @param problem what is wrong, and what to do
   */
  void reject(String problem);
}
