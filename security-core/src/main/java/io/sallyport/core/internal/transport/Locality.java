package io.sallyport.core.internal.transport;

import io.sallyport.core.internal.gate.GateRequest;

/** Whether a request comes from the machine itself, by its connection. */
public final class Locality {

  private Locality() {}

  /**
   * Whether both addresses of the connection are loopback and nothing shows that somebody stands between.
   * The far end alone is not enough: a proxy on the same machine makes the whole internet look local.
   */
  public static boolean isLocal(GateRequest request) {
    return AddressRanges.LOOPBACK.containsConnection(request.remote().getHostString())
        && AddressRanges.LOOPBACK.containsConnection(request.local().getHostString())
        && isDirect(request);
  }

  /** Whether nothing shows that somebody stands between: neither a header field nor the container. */
  public static boolean isDirect(GateRequest request) {
    return !request.rewritten()
        && ForwardingHeaders.firstOf(request.headerNames()).isEmpty();
  }
}
