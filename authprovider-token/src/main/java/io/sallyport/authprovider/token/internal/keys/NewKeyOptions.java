package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options of the command that makes keys. */
public final class NewKeyOptions {

  private static final Pattern SPAN = Pattern.compile("([1-9][0-9]{0,4})([hd])");

  /** Nothing that YAML would read as more than a text, nor a shell as an option. */
  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private static final Duration LONGEST = Duration.ofDays(3653);

  private Path file = Path.of("conf", "keys.yaml");
  private JwsAlgorithm algorithm = JwsAlgorithm.ES256;
  private Duration signFor = Duration.ofDays(90);
  private Duration overlap = Duration.ofDays(7);
  private Optional<Instant> begin = Optional.empty();
  private Optional<String> keyId = Optional.empty();

  private NewKeyOptions() {}

  /**
   * The options.
   *
   * @throws IllegalArgumentException if one is not known, or lacks its value, or has one that will not do
   */
  public static NewKeyOptions parse(List<String> args) {
    var options = new NewKeyOptions();
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String option = rest.next();
      if (!option.startsWith("--") || !rest.hasNext()) {
        throw new IllegalArgumentException(
            "expected options with a value each, such as --algorithm ES256; --help lists them");
      }
      options.take(option, rest.next());
    }
    if (options.overlap.compareTo(options.signFor) >= 0) {
      throw new IllegalArgumentException("--overlap: expected less than --sign-for");
    }
    return options;
  }

  private void take(String option, String value) {
    switch (option) {
      case "--file" -> file = Path.of(value);
      case "--algorithm" -> algorithm = algorithm(value);
      case "--sign-for" -> signFor = span(option, value);
      case "--overlap" -> overlap = span(option, value);
      case "--begin" -> begin = Optional.of(begin(value));
      case "--kid" -> keyId = Optional.of(keyId(value));
      default ->
        throw new IllegalArgumentException(
            "an option that is not known; --help lists those that are");
    }
  }

  private static JwsAlgorithm algorithm(String value) {
    return Arrays.stream(JwsAlgorithm.values())
        .filter(algorithm -> algorithm.header().equals(value))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException("--algorithm: expected one of " + KeyRingReader.NAMES));
  }

  private static Duration span(String option, String value) {
    Matcher span = SPAN.matcher(value);
    if (span.matches()) {
      long number = Long.parseLong(span.group(1));
      Duration duration =
          span.group(2).equals("d") ? Duration.ofDays(number) : Duration.ofHours(number);
      if (duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    }
    throw new IllegalArgumentException(
        option + ": expected days or hours such as 90d or 12h, ten years at most");
  }

  private static Instant begin(String value) {
    try {
      return KeyRingReader.parsed(value);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "--begin: expected a time such as 2027-01-31T12:00:00Z, or a date, which begins at midnight"
              + " UTC",
          e);
    }
  }

  private static String keyId(String value) {
    if (!KEY_ID.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "--kid: expected 1 to 64 letters, digits, dots, dashes and underscores");
    }
    return value;
  }

  /** The file of the ring. */
  public Path file() {
    return file;
  }

  JwsAlgorithm algorithm() {
    return algorithm;
  }

  Duration signFor() {
    return signFor;
  }

  Duration overlap() {
    return overlap;
  }

  Optional<Instant> begin() {
    return begin;
  }

  Optional<String> keyId() {
    return keyId;
  }
}
