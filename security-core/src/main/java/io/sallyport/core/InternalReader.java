package io.sallyport.core;

import io.sallyport.spi.Settings;
import java.util.List;
import java.util.Optional;

/** Reads {@code internal}: the ports for internal callers, and the bypass. */
final class InternalReader {

  private static final String INTERNAL = "internal";
  private static final String PORTS = "ports";
  private static final String PORT = "port";
  private static final String BYPASS = "bypass";
  private static final String RANGES = "ranges";
  private static final String HOSTS = "hosts";
  private static final String ACKNOWLEDGE = "acknowledge";
  private static final int MAX_PORT = 65_535;

  private final Settings root;
  private final SallyportBuilder builder;

  InternalReader(Settings root, SallyportBuilder builder) {
    this.root = root;
    this.builder = builder;
  }

  void read() {
    if (!root.has(INTERNAL)) {
      return;
    }
    Settings internal = root.section(INTERNAL);
    List<String> ports = internal.texts(PORTS);
    if (internal.has(PORTS) ? ports.isEmpty() : !internal.has(BYPASS)) {
      internal.reject(PORTS, "expected at least one local port, such as [8101]");
    }
    for (String port : ports) {
      Checked.value(internal, PORTS, () -> builder.internalPorts(number(port)));
    }
    internal.optionalSection(BYPASS).ifPresent(this::readBypass);
  }

  private static int number(String port) {
    if (!port.matches("[1-9][0-9]{0,4}")) {
      throw new IllegalArgumentException(
          "expected numbers of ports from 1 to " + MAX_PORT + ", such as [8101]");
    }
    return Integer.parseInt(port);
  }

  private void readBypass(Settings entry) {
    if (!entry.has(PORT)) {
      entry.reject("expected port, the local port on which nobody is asked, such as 8102");
    }
    int port = (int) entry.integer(PORT, 1, 1, MAX_PORT);
    String acknowledgment = entry.text(ACKNOWLEDGE, "");
    String[] ranges = entry.texts(RANGES).toArray(String[]::new);
    String[] hosts = entry.texts(HOSTS).toArray(String[]::new);
    Optional<BypassPort> made = Checked.value(
            entry, ACKNOWLEDGE, () -> BypassPort.of(port, acknowledgment, BypassPort.LOCAL))
        .flatMap(acknowledged ->
            Checked.value(entry, RANGES, () -> BypassPort.of(port, acknowledgment, ranges)));
    made.flatMap(some -> Checked.value(entry, HOSTS, () -> some.withHosts(hosts)))
        .ifPresent(builder::bypass);
  }
}
