package io.sallyport.core;

import io.sallyport.core.internal.gate.AuthenticationChain;
import io.sallyport.core.internal.gate.EntryCheck;
import io.sallyport.core.internal.transport.Arrivals;
import io.sallyport.core.internal.transport.PublicOrigin;
import io.sallyport.core.internal.transport.TransportCheck;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a builder was told of HTTPS and proxies. */
final class TransportSettings {

  @Nullable
  RequireHttps requireHttps;

  @Nullable
  PublicOrigin publicOrigin;

  @Nullable
  TrustedProxies trustedProxies;

  @Nullable
  Hsts hsts;

  boolean withoutHsts;

  /** What is wrong with them together. */
  List<String> problems() {
    return requireHttps == RequireHttps.REDIRECT && publicOrigin == null
        ? List.of("require_https: redirect needs to know where to; configure public_origin, such as"
            + " https://app.example.org, or call publicOrigin(…)")
        : List.of();
  }

  Arrivals arrivals() {
    return new Arrivals(trustedProxies == null ? null : trustedProxies.trust());
  }

  /** Empty if there is nothing to check. */
  Optional<EntryCheck> check(AuthenticationChain chain) {
    String remembered = remembered();
    if (requireHttps == null && trustedProxies == null && remembered == null) {
      return Optional.empty();
    }
    return Optional.of(new TransportCheck(
        requireHttps != null,
        requireHttps == RequireHttps.REDIRECT ? publicOrigin : null,
        remembered,
        chain::hasCredentials));
  }

  private @Nullable String remembered() {
    if (withoutHsts) {
      return null;
    }
    if (hsts != null) {
      return hsts.value();
    }
    return requireHttps == null ? null : Hsts.of(Hsts.ONE_YEAR).value();
  }

  String summary() {
    String https = requireHttps == null
        ? ""
        : ", HTTPS required"
            + (requireHttps == RequireHttps.REDIRECT ? " (308 to " + publicOrigin + ")" : "");
    return trustedProxies == null ? https : https + ", " + trustedProxies;
  }
}
