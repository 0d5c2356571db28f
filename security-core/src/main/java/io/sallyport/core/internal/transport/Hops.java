package io.sallyport.core.internal.transport;

import java.util.List;
import java.util.Optional;

/**
 * What proxies have reported, from left to right: each has added its part at the right end. Hops are
 * counted from there, beginning with 1.
 *
 * @param addresses from whom each had the request, empty where it does not tell; no element at all if none
 *     of them tells
 * @param schemes over what each had the request; no element at all if none of them tells
 */
record Hops(List<Optional<NumericAddress>> addresses, List<Scheme> schemes) {

  /** Over what a proxy had a request. */
  enum Scheme {
    HTTP,
    HTTPS,
    UNSAID
  }

  boolean isEmpty() {
    return addresses.isEmpty() && schemes.isEmpty();
  }

  Optional<NumericAddress> address(int hop) {
    return addresses.get(addresses.size() - hop);
  }

  Scheme scheme(int hop) {
    return hop > schemes.size() ? Scheme.UNSAID : schemes.get(schemes.size() - hop);
  }
}
