package io.sallyport.core.internal.transport;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how requests arrive: as the connection says, unless it comes from a declared proxy. Others that
 * send forwarding headers are not believed, and told of once.
 */
public final class Arrivals {

  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  private final @Nullable ProxyTrust trust;
  private final AtomicBoolean toldOfXForwarded = new AtomicBoolean();
  private final AtomicBoolean toldOfForwarded = new AtomicBoolean();

  /** Believes declared proxies; null if there are none. */
  public Arrivals(@Nullable ProxyTrust trust) {
    this.trust = trust;
  }

  /**
   * How a request has arrived.
   *
   * @param peer the address at the other end of the connection, in the container's words
   * @param secure whether the connection is secure, in the container's judgement
   * @param headers the lines of a header field
   * @return never fails: what cannot be said is a problem of the arrival
   */
  public Arrival read(String peer, boolean secure, Function<String, List<String>> headers) {
    String address = NumericAddress.normalized(peer);
    if (trust != null) {
      NumericAddress number = NumericAddress.ofConnection(peer);
      if (number != null && trust.includes(number)) {
        return trust.arrival(address, secure, headers);
      }
    }
    if (!toldOfXForwarded.get()) {
      tell(toldOfXForwarded, peer, XForwardedReader.FOR, headers);
      tell(toldOfXForwarded, peer, XForwardedReader.PROTO, headers);
    }
    if (!toldOfForwarded.get()) {
      tell(toldOfForwarded, peer, ForwardedReader.FIELD, headers);
    }
    return Arrival.of(address, secure);
  }

  private static void tell(
      AtomicBoolean told, String peer, String field, Function<String, List<String>> headers) {
    if (headers.apply(field).isEmpty() || !told.compareAndSet(false, true)) {
      return;
    }
    NumericAddress address = NumericAddress.ofConnection(peer);
    LOG.warn(
        "a request from {} carries {} and that is no declared proxy, so the field is not read: address and"
            + " scheme are those of the connection. If it is your proxy, add its address to"
            + " trusted_proxies.ranges; if not, the sender made the field up, and nothing needs to be done."
            + " This is said once",
        address == null ? "a peer without an IP address" : address,
        field);
  }
}
