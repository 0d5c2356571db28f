package io.sallyport.core;

import io.sallyport.core.internal.connector.Bypass;
import io.sallyport.core.internal.transport.AddressRanges;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A port on which nobody is asked: whoever can reach it from the given addresses may do everything. For
 * moving away from such a port; a client certificate or a token on an internal port is what replaces it.
 *
 * <p>Each request that passes is written to the audit log as a warning. A request that came through a proxy,
 * that a page in a browser has sent, or that names this machine otherwise than by an address or one of the
 * {@linkplain #withHosts hosts}, is refused; so is one from another address. Immutable.
 *
 * @since 0.1
 */
public final class BypassPort {

  /** What has to be said to have it. */
  public static final String ACKNOWLEDGMENT = "everybody in these ranges may do everything";

  /** The word for the machine itself, in the place of a range. */
  public static final String LOCAL = "local";

  private static final int MAX_PORT = 65_535;

  private final int port;
  private final List<String> ranges;
  private final List<String> hosts;

  private BypassPort(int port, List<String> ranges, List<String> hosts) {
    this.port = port;
    this.ranges = ranges;
    this.hosts = hosts;
  }

  /**
   * A port for everybody in some ranges of addresses.
   *
   * @param port the real local port, 1 to 65535
   * @param acknowledgment {@value #ACKNOWLEDGMENT}
   * @param ranges where requests may come from: addresses, ranges such as {@code 10.0.0.0/24}, and {@value
   *     #LOCAL} for the machine itself, at least one of them; not all addresses there are
   * @return the port
   * @throws IllegalArgumentException if anything of it is otherwise
   */
  public static BypassPort of(int port, String acknowledgment, String... ranges) {
    if (!acknowledgment.equals(ACKNOWLEDGMENT)) {
      throw new IllegalArgumentException("expected acknowledge: '" + ACKNOWLEDGMENT
          + "', word for word; prefer a client certificate or a token on an internal port");
    }
    List<String> texts = List.of(ranges);
    return new BypassPort(checkedPort(port), texts, List.of()).checked();
  }

  /**
   * The same port, which may be called by names too. Without them, a request must have an address or {@code
   * localhost} in its field {@code Host}, since a page in a browser can have any name of its own point here.
   *
   * @param names names without ports
   * @return a new port
   * @throws IllegalArgumentException if one is no name of a host
   */
  public BypassPort withHosts(String... names) {
    for (String name : names) {
      if (!name.matches("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?")) {
        throw new IllegalArgumentException(
            "expected names of this machine without ports, such as manager.internal");
      }
    }
    return new BypassPort(port, ranges, List.of(names));
  }

  static int checkedPort(int port) {
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("a port must be 1 to " + MAX_PORT + ", got " + port);
    }
    return port;
  }

  int port() {
    return port;
  }

  private BypassPort checked() {
    bypass();
    return this;
  }

  Bypass bypass() {
    Set<String> addresses = new LinkedHashSet<>(ranges);
    boolean local = addresses.remove(LOCAL);
    Set<String> names = new LinkedHashSet<>();
    hosts.forEach(host -> names.add(host.toLowerCase(Locale.ROOT)));
    return new Bypass(
        port,
        local && addresses.isEmpty() ? null : AddressRanges.ofNetworks(addresses),
        local,
        names);
  }

  @Override
  public String toString() {
    return "BypassPort[" + bypass() + "]";
  }
}
