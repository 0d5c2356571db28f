package io.sallyport.core;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.internal.browser.CorsPolicy;
import io.sallyport.core.internal.browser.WebOrigin;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What pages of other origins may do in a browser: the {@code cors:} of the configuration. Immutable; each
 * method makes a new one.
 *
 * <p>It tells browsers which pages may read answers and send what no form can. It gives nobody a right: who
 * may do what is for the rules to say, for requests of every origin.
 *
 * @since 0.1
 */
public final class Cors {

  static final Duration DEFAULT_MAX_AGE = Duration.ofMinutes(10);
  static final Duration LONGEST_MAX_AGE = Duration.ofHours(24);

  private static final String ANY = "*";
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Set<String> NEVER = Set.of("CONNECT", "TRACE", "TRACK");
  private static final Set<String> STANDARD =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");

  private final CorsPolicy policy;

  private Cors(CorsPolicy policy) {
    this.policy = policy;
  }

  /**
   * Permits pages of these origins to send GET, HEAD and POST without header fields of their own, and to read
   * the answers.
   *
   * @param origins each in the form {@code https://console.example.org}, with a port where it is not the
   *     usual one; or {@code *} alone, for every origin
   * @return what they may
   * @throws IllegalArgumentException if there is none, or one in another form
   */
  public static Cors of(String... origins) {
    List<String> listed = List.of(origins);
    if (listed.isEmpty()) {
      throw new IllegalArgumentException(
          "expected at least one origin, such as https://console.example.org");
    }
    boolean any = listed.contains(ANY);
    if (any && listed.size() > 1) {
      throw new IllegalArgumentException(
          "expected either * alone, which is every origin, or a list of origins");
    }
    Set<WebOrigin> named = new LinkedHashSet<>();
    for (String origin : any ? List.<String>of() : listed) {
      named.add(origin(origin));
    }
    return new Cors(
        new CorsPolicy(named, any, List.of(), List.of(), List.of(), DEFAULT_MAX_AGE, false));
  }

  private static WebOrigin origin(String text) {
    return WebOrigin.parse(text)
        .orElseThrow(() -> new IllegalArgumentException(
            "expected origins such as https://console.example.org or http://localhost:3000: scheme, host"
                + " in ASCII and port, no path, no wildcard, not null; got \"" + text + "\""));
  }

  /**
   * Sets the methods that they may send, beside GET, HEAD and POST, which browsers permit anyway.
   *
   * @param names exact method tokens
   * @return a new one
   * @throws IllegalArgumentException if one is no method, or none that browsers send
   */
  public Cors methods(String... names) {
    for (String name : names) {
      String upper = name.toUpperCase(Locale.ROOT);
      if (!TOKEN.matcher(name).matches() || name.equals(ANY) || NEVER.contains(upper)) {
        throw new IllegalArgumentException(
            "expected methods that browsers send, each by its name such as PUT; got \"" + name
                + "\"");
      }
      if (STANDARD.contains(upper) && !STANDARD.contains(name)) {
        throw new IllegalArgumentException(
            "methods are compared exactly; write " + upper + ", got \"" + name + "\"");
      }
    }
    return new Cors(new CorsPolicy(
        policy.origins(),
        policy.any(),
        List.of(names),
        policy.headers(),
        policy.exposed(),
        policy.maxAge(),
        policy.credentials()));
  }

  /**
   * Sets the header fields that they may send; those that every form sends need not be listed.
   *
   * @param names such as {@code Authorization}
   * @return a new one
   * @throws IllegalArgumentException if one is no name of a header field
   */
  public Cors headers(String... names) {
    return new Cors(new CorsPolicy(
        policy.origins(),
        policy.any(),
        policy.methods(),
        fields(names),
        policy.exposed(),
        policy.maxAge(),
        policy.credentials()));
  }

  /**
   * Sets the header fields of answers that they may read, beside those that browsers show anyway.
   *
   * @param names such as {@code Sallyport-Decision}
   * @return a new one
   * @throws IllegalArgumentException if one is no name of a header field
   */
  public Cors expose(String... names) {
    return new Cors(new CorsPolicy(
        policy.origins(),
        policy.any(),
        policy.methods(),
        policy.headers(),
        fields(names),
        policy.maxAge(),
        policy.credentials()));
  }

  // a wildcard would permit too much, and not even Authorization
  private static List<String> fields(String... names) {
    for (String name : names) {
      if (!TOKEN.matcher(name).matches() || name.equals(ANY)) {
        throw new IllegalArgumentException(
            "expected names of header fields, each by its name such as Authorization; got \"" + name
                + "\"");
      }
    }
    return List.of(names);
  }

  /**
   * Sets how long a browser may remember what it was told; ten minutes by default.
   *
   * @param value zero to 24 hours, in whole seconds
   * @return a new one
   * @throws IllegalArgumentException if it is out of bounds
   */
  public Cors maxAge(Duration value) {
    if (value.isNegative() || value.compareTo(LONGEST_MAX_AGE) > 0) {
      throw new IllegalArgumentException("maxAge must be 0s to 24h, got " + value);
    }
    return new Cors(new CorsPolicy(
        policy.origins(),
        policy.any(),
        policy.methods(),
        policy.headers(),
        policy.exposed(),
        requireNonNull(value, "maxAge"),
        policy.credentials()));
  }

  /**
   * Permits browsers to add what they know of the user: the password of HTTP Basic, a client certificate, a
   * cookie.
   *
   * @return a new one
   * @throws IllegalArgumentException if it is for every origin
   */
  public Cors withCredentials() {
    if (policy.any()) {
      throw new IllegalArgumentException(
          "expected origins by name where credentials are permitted; * would let every page act for the"
              + " user");
    }
    return new Cors(new CorsPolicy(
        policy.origins(),
        policy.any(),
        policy.methods(),
        policy.headers(),
        policy.exposed(),
        policy.maxAge(),
        true));
  }

  CorsPolicy policy() {
    return policy;
  }

  /** The origins, for the log. */
  @Override
  public String toString() {
    return policy.any()
        ? ANY
        : policy.origins().stream().map(WebOrigin::toString).sorted().toList().toString();
  }
}
