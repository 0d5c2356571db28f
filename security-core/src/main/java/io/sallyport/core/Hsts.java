package io.sallyport.core;

import java.time.Duration;

/**
 * What browsers are told to remember (HTTP Strict Transport Security, RFC 6797): that this host is reached
 * over HTTPS only. Sent with answers over HTTPS. Immutable; each method makes a new one.
 *
 * @since 0.1
 */
public final class Hsts {

  /** The longest time permitted. */
  public static final Duration MAX_AGE = Duration.ofDays(3650);

  static final Duration ONE_YEAR = Duration.ofDays(365);

  private final Duration maxAge;
  private final boolean subdomains;
  private final boolean preload;

  private Hsts(Duration maxAge, boolean subdomains, boolean preload) {
    this.maxAge = maxAge;
    this.subdomains = subdomains;
    this.preload = preload;
  }

  /**
   * For this host alone.
   *
   * @param maxAge how long browsers remember it, in whole seconds up to {@link #MAX_AGE}; zero makes them
   *     forget it
   * @return what they are told
   * @throws IllegalArgumentException if it is out of bounds
   */
  public static Hsts of(Duration maxAge) {
    if (maxAge.isNegative() || maxAge.compareTo(MAX_AGE) > 0 || maxAge.toNanosPart() != 0) {
      throw new IllegalArgumentException(
          "the time that browsers remember must be 0s to 3650d, in whole seconds");
    }
    return new Hsts(maxAge, false, false);
  }

  /**
   * For all hosts below this one, too. Each of them must then be there over HTTPS.
   *
   * @return a new one
   */
  public Hsts includeSubdomains() {
    return new Hsts(maxAge, true, preload);
  }

  /**
   * Agrees to the lists that browsers come with, which are hard to leave again.
   *
   * @return a new one
   * @throws IllegalArgumentException if it is not for subdomains too, or for less than a year: the lists do
   *     not take it then
   */
  public Hsts preload() {
    if (!subdomains || maxAge.compareTo(ONE_YEAR) < 0) {
      throw new IllegalArgumentException(
          "preload needs include_subdomains and a max_age of at least 365d: browsers' lists take nothing"
              + " less");
    }
    return new Hsts(maxAge, true, true);
  }

  String value() {
    return "max-age=" + maxAge.toSeconds() + (subdomains ? "; includeSubDomains" : "")
        + (preload ? "; preload" : "");
  }
}
