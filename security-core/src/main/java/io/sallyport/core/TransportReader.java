package io.sallyport.core;

import io.sallyport.core.internal.config.DocumentSettings;
import io.sallyport.core.internal.transport.HeaderFamily;
import io.sallyport.spi.Settings;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code require_https}, {@code public_origin}, {@code trusted_proxies} and {@code hsts}. */
final class TransportReader {

  private static final String OFF = "off";

  private final DocumentSettings root;
  private final SallyportBuilder builder;

  TransportReader(DocumentSettings root, SallyportBuilder builder) {
    this.root = root;
    this.builder = builder;
  }

  void read() {
    if (root.has("require_https")) {
      builder.requireHttps(root.choice("require_https", RequireHttps.class, RequireHttps.REJECT));
    }
    root.optionalText("public_origin")
        .ifPresent(
            origin -> Checked.value(root, "public_origin", () -> builder.publicOrigin(origin)));
    root.optionalSection("trusted_proxies").ifPresent(this::readProxies);
    readHsts();
  }

  private void readProxies(Settings section) {
    int maxHops = (int) section.integer("max_hops", 1, 1, TrustedProxies.MAX_HOPS);
    String[] ranges = section.texts("ranges").toArray(String[]::new);
    if (!section.has("header")) {
      section.reject(
          "header",
          "is missing; expected x-forwarded or forwarded: the one that the proxy"
              + " sets, since what it leaves alone is the client's");
    }
    HeaderFamily family = section.choice("header", HeaderFamily.class, HeaderFamily.X_FORWARDED);
    Checked.value(
        section,
        "ranges",
        () -> builder.trustedProxies(TrustedProxies.of(family, ranges).maxHops(maxHops)));
  }

  private void readHsts() {
    if (!root.has("hsts")) {
      return;
    }
    if (root.isText("hsts")) {
      if (root.text("hsts").equals(OFF)) {
        builder.withoutHsts();
      } else {
        root.reject(
            "hsts", "expected off, or a section with max_age, include_subdomains and preload");
      }
      return;
    }
    Settings section = root.section("hsts");
    Duration maxAge = section.duration("max_age", Hsts.ONE_YEAR, Duration.ZERO, Hsts.MAX_AGE);
    boolean subdomains = section.flag("include_subdomains", false);
    boolean preload = section.flag("preload", false);
    Optional<Hsts> forHosts = Checked.value(section, "max_age", () -> Hsts.of(maxAge))
        .map(hsts -> subdomains ? hsts.includeSubdomains() : hsts);
    forHosts
        .flatMap(
            hsts -> preload ? Checked.value(section, "preload", hsts::preload) : Optional.of(hsts))
        .ifPresent(builder::hsts);
  }
}
