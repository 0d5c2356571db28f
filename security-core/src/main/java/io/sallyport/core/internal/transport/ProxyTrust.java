package io.sallyport.core.internal.transport;

import io.sallyport.core.internal.transport.Hops.Scheme;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The proxies whose reports count, and how they report. A report is read from the right, where the proxy
 * that has connected to us has added its part; whatever lies left of the last declared proxy is the claim of
 * a client.
 *
 * @param ranges where the proxies are
 * @param family the fields that count; all others never do
 * @param maxHops how many of the proxies may stand one behind the other
 */
public record ProxyTrust(AddressRanges ranges, HeaderFamily family, int maxHops) {

  /** The most proxies in a row that can be declared. */
  public static final int MAX_HOPS = 16;

  boolean includes(NumericAddress address) {
    return ranges.contains(address);
  }

  /** How a request has arrived that came through the proxy at this address. */
  Arrival arrival(String proxy, boolean secure, Function<String, List<String>> headers) {
    try {
      Hops hops = family == HeaderFamily.FORWARDED
          ? ForwardedReader.read(headers)
          : XForwardedReader.read(headers);
      return hops.isEmpty() ? Arrival.of(proxy, secure) : arrival(proxy, secure, hops);
    } catch (MalformedReportException e) {
      return Arrival.unclear(proxy, String.valueOf(e.getMessage()));
    }
  }

  private Arrival arrival(String proxy, boolean secure, Hops hops) {
    if (hops.addresses().isEmpty()) {
      // a proxy that tells the scheme alone
      return Arrival.of(proxy, isSecure(hops, 1, secure));
    }
    int hop = lastDeclared(hops);
    Optional<NumericAddress> client = hops.address(hop);
    if (client.isEmpty()) {
      throw new MalformedReportException(
          "the trusted proxy does not tell the address of its client");
    }
    return Arrival.of(client.get().toString(), isSecure(hops, hop, secure));
  }

  /** The hop that the last declared proxy reports. Who has reported nothing is no proxy, but a client. */
  private int lastDeclared(Hops hops) {
    int hop = 1;
    while (hop < hops.addresses().size()
        && hops.address(hop).filter(ranges::contains).isPresent()) {
      hop++;
      if (hop > maxHops) {
        throw new MalformedReportException(
            "more than " + maxHops + " trusted proxies in a row (trusted_proxies.max_hops)");
      }
    }
    return hop;
  }

  /** The scheme is that of the same hop; only a single proxy that never tells it is taken to hand it on. */
  private static boolean isSecure(Hops hops, int hop, boolean connection) {
    return hops.schemes().isEmpty() ? hop == 1 && connection : hops.scheme(hop) == Scheme.HTTPS;
  }
}
