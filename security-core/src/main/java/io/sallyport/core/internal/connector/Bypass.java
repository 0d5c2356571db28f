package io.sallyport.core.internal.connector;

import io.sallyport.api.Decision;
import io.sallyport.api.Outcome;
import io.sallyport.api.Target;
import io.sallyport.core.internal.gate.EntryCheck;
import io.sallyport.core.internal.gate.GateRequest;
import io.sallyport.core.internal.transport.AddressRanges;
import io.sallyport.core.internal.transport.Locality;
import io.sallyport.core.internal.transport.NumericAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Settles every request that comes in on one port: it passes without being asked who sends it, or it is
 * refused. None goes on to the rules, so that a mistake in the ranges shows and does not ask for passwords
 * where none are expected.
 *
 * @param port the local port of the socket
 * @param ranges where a request must come from; null if only from the machine itself
 * @param local whether the machine itself is meant too
 * @param hosts the names, in lower case, by which callers may name this machine
 */
public record Bypass(int port, @Nullable AddressRanges ranges, boolean local, Set<String> hosts)
    implements EntryCheck {

  /** A bypass. */
  public Bypass {
    hosts = Set.copyOf(hosts);
  }

  @Override
  public Optional<Verdict> judge(GateRequest request, Target target, Decision.Builder decision) {
    if (request.local().getPort() != port) {
      return Optional.empty();
    }
    return Optional.of(fault(request)
        .map(fault -> new Verdict(Outcome.FORBIDDEN, "the bypass port refuses " + fault))
        .orElseGet(() -> new Verdict(Outcome.BYPASSED, "nobody is asked on the bypass port")));
  }

  private Optional<String> fault(GateRequest request) {
    if (!Locality.isDirect(request)) {
      return Optional.of("what came through a proxy");
    }
    if (!isInRange(request)) {
      return Optional.of("an address outside of its ranges");
    }
    if (isOfPage(request)) {
      return Optional.of("what a page in a browser has sent");
    }
    return isMeantForUs(request)
        ? Optional.empty()
        : Optional.of("a Host that is neither an address nor one of its hosts");
  }

  private boolean isInRange(GateRequest request) {
    return (ranges != null && ranges.containsConnection(request.remote().getHostString()))
        || (local && request.isLocal());
  }

  /** Any page may make the browser of somebody in the ranges send requests here. */
  private static boolean isOfPage(GateRequest request) {
    return !request.headers("Origin").isEmpty()
        || request.headers("Sec-Fetch-Site").stream()
            .anyMatch(site -> !site.equals("none") && !site.equals("same-origin"));
  }

  /**
   * The name of a page that has had its name point here (DNS rebinding) is the page's own; to the browser
   * such requests are of the same origin. Addresses are nobody's to point elsewhere.
   */
  private boolean isMeantForUs(GateRequest request) {
    return request.authority().map(Bypass::withoutPort).filter(this::isOurs).isPresent();
  }

  private boolean isOurs(String host) {
    return NumericAddress.ofConnection(host) != null
        || host.equals("localhost")
        || hosts.contains(host);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    String name = colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    return name.toLowerCase(Locale.ROOT);
  }

  /** What it is, for the log. */
  @Override
  public String toString() {
    StringJoiner from = new StringJoiner(" and ", "port " + port + " for ", "");
    if (ranges != null) {
      from.add(ranges.toString());
    }
    return (local ? from.add("local") : from).toString();
  }
}
