package io.sallyport.core;

import io.sallyport.core.internal.transport.AddressRanges;
import io.sallyport.core.internal.transport.HeaderFamily;
import io.sallyport.core.internal.transport.ProxyTrust;
import java.util.List;

/**
 * The proxies whose word counts on the address of a client, and on whether it came over HTTPS. For these
 * two and nothing else; no other header field of theirs is ever read. Immutable; each method makes new
 * ones.
 *
 * @since 0.1
 */
public final class TrustedProxies {

  /** The most proxies in a row that can be declared. */
  public static final int MAX_HOPS = ProxyTrust.MAX_HOPS;

  private final ProxyTrust trust;

  private TrustedProxies(ProxyTrust trust) {
    this.trust = trust;
  }

  /**
   * Proxies that report in {@code X-Forwarded-For} and {@code X-Forwarded-Proto}, one of them between a
   * client and the application.
   *
   * @param ranges addresses and ranges such as {@code 192.0.2.1}, {@code 10.0.0.0/8}, {@code fd00::/8}
   * @return these proxies
   * @throws IllegalArgumentException if there is none, or one is no such range, or wider than /7
   */
  public static TrustedProxies xForwarded(String... ranges) {
    return of(HeaderFamily.X_FORWARDED, ranges);
  }

  /**
   * Proxies that report in {@code Forwarded} (RFC 7239), one of them between a client and the application.
   *
   * @param ranges addresses and ranges such as {@code 192.0.2.1}, {@code 10.0.0.0/8}, {@code fd00::/8}
   * @return these proxies
   * @throws IllegalArgumentException if there is none, or one is no such range, or wider than /7
   */
  public static TrustedProxies forwarded(String... ranges) {
    return of(HeaderFamily.FORWARDED, ranges);
  }

  static TrustedProxies of(HeaderFamily family, String... ranges) {
    return new TrustedProxies(new ProxyTrust(AddressRanges.ofNetworks(List.of(ranges)), family, 1));
  }

  /**
   * Sets how many of them may stand one behind the other; 1 by default. A request that came through more is
   * refused with 400.
   *
   * @param value 1 to {@link #MAX_HOPS}
   * @return new ones
   * @throws IllegalArgumentException if it is out of bounds
   */
  public TrustedProxies maxHops(int value) {
    if (value < 1 || value > MAX_HOPS) {
      throw new IllegalArgumentException("maxHops must be 1 to " + MAX_HOPS + ", got " + value);
    }
    return new TrustedProxies(new ProxyTrust(trust.ranges(), trust.family(), value));
  }

  ProxyTrust trust() {
    return trust;
  }

  @Override
  public String toString() {
    return "trusted proxies " + trust.ranges() + " by "
        + (trust.family() == HeaderFamily.FORWARDED ? "Forwarded" : "X-Forwarded-For and -Proto");
  }
}
