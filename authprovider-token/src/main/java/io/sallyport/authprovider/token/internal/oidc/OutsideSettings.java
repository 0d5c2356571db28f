package io.sallyport.authprovider.token.internal.oidc;

import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import io.sallyport.spi.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens are accepted, and which.
 *
 * @param issuer the exact {@code iss}
 * @param audiences of which {@code aud} must have one
 * @param jwksUri where the keys are, null where the issuer's metadata say
 * @param loopbackHttp whether plain HTTP from this machine will do
 * @param algorithms what tokens may be signed with
 * @param types what {@code typ} may be
 * @param typeRequired whether it must be there
 * @param idTokens whether ID tokens are accepted as if they were access tokens
 * @param clockSkew how far the issuer's clock may be off
 * @param maxAge how old a token may be, whatever its end
 */
record OutsideSettings(
    String issuer,
    Set<String> audiences,
    @Nullable URI jwksUri,
    boolean loopbackHttp,
    Set<JwsAlgorithm> algorithms,
    Set<String> types,
    boolean typeRequired,
    boolean idTokens,
    Duration clockSkew,
    Duration maxAge) {

  /** Stands for an address that will not do; nothing is started with it. */
  private static final String STAND_IN = "https://issuer.invalid";

  private static final List<String> DEFAULT_TYPES = List.of("at+jwt", "JWT");
  private static final String NO_TYPE = "none";

  static OutsideSettings read(Settings settings) {
    boolean loopbackHttp = settings.flag("allow_loopback_http", false);
    Set<String> types = types(settings);
    return new OutsideSettings(
        issuer(settings, loopbackHttp),
        audiences(settings),
        jwksUri(settings, loopbackHttp).orElse(null),
        loopbackHttp,
        algorithms(settings),
        types.stream()
            .filter(type -> !type.equals(NO_TYPE))
            .collect(Collectors.toUnmodifiableSet()),
        !types.contains(NO_TYPE),
        settings.flag("accept_id_tokens", false),
        Duration.ofSeconds(settings.integer("clock_skew_seconds", 30, 0, 60)),
        settings.duration(
            "max_token_age", Duration.ofDays(1), Duration.ofMinutes(1), Duration.ofDays(366)));
  }

  private static String issuer(Settings settings, boolean loopbackHttp) {
    String issuer = settings.text("issuer");
    if (issuer.isEmpty()) {
      return STAND_IN; // noted already: it is not there
    }
    Optional<URI> address = IssuerAddress.parse(issuer, loopbackHttp);
    if (address.isEmpty() || address.get().getRawQuery() != null) {
      settings.reject(
          "issuer",
          "expected the issuer's own name for itself, the iss of its tokens character by character: an"
              + " https:// address without user, query and fragment (http:// only for localhost,"
              + " 127.0.0.1 and [::1], with allow_loopback_http: true)");
      return STAND_IN;
    }
    return issuer;
  }

  private static Optional<URI> jwksUri(Settings settings, boolean loopbackHttp) {
    Optional<String> text = settings.optionalText("jwks_uri");
    Optional<URI> address = text.flatMap(written -> IssuerAddress.parse(written, loopbackHttp));
    if (text.isPresent() && address.isEmpty()) {
      settings.reject(
          "jwks_uri",
          "expected the https:// address of the issuer's keys; leave it out to let the issuer's metadata"
              + " tell it");
    }
    return address;
  }

  private static Set<String> audiences(Settings settings) {
    List<String> audiences = settings.texts("audience");
    if (audiences.isEmpty()) {
      settings.reject(
          "missing audience: say by which name the issuer's tokens are meant for this application; without"
              + " it every token that the issuer makes for anybody would do");
      return Set.of(STAND_IN);
    }
    return Set.copyOf(audiences);
  }

  private static Set<JwsAlgorithm> algorithms(Settings settings) {
    Set<JwsAlgorithm> algorithms = EnumSet.noneOf(JwsAlgorithm.class);
    for (String name : settings.texts("algorithms")) {
      Optional<JwsAlgorithm> found = asymmetric().stream()
          .filter(algorithm -> algorithm.header().equals(name))
          .findFirst();
      if (found.isEmpty()) {
        settings.reject(
            "algorithms",
            "expected some of " + asymmetricNames()
                + ": those by which nobody can sign who can verify");
      }
      found.ifPresent(algorithms::add);
    }
    return algorithms.isEmpty() ? asymmetric() : algorithms;
  }

  private static Set<JwsAlgorithm> asymmetric() {
    return Arrays.stream(JwsAlgorithm.values())
        .filter(algorithm -> !algorithm.isSymmetric())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(JwsAlgorithm.class)));
  }

  private static String asymmetricNames() {
    return asymmetric().stream().map(JwsAlgorithm::header).collect(Collectors.joining(", "));
  }

  private static Set<String> types(Settings settings) {
    List<String> types = settings.texts("token_types");
    if (types.stream()
        .anyMatch(type -> type.toLowerCase(Locale.ROOT).endsWith("+jwt")
            && !type.toLowerCase(Locale.ROOT).endsWith("at+jwt"))) {
      settings.reject(
          "token_types",
          "expected at+jwt, JWT, and none where typ may be absent; another kind of JWT is no access token");
    }
    Set<String> set = new LinkedHashSet<>(types.isEmpty() ? DEFAULT_TYPES : types);
    if (set.equals(Set.of(NO_TYPE))) {
      settings.reject("token_types", "expected at+jwt or JWT beside none");
    }
    return set;
  }
}
