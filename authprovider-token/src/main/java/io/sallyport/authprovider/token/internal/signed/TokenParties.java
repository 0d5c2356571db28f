package io.sallyport.authprovider.token.internal.signed;

import io.sallyport.authprovider.token.internal.jwt.ClaimsPolicy;
import io.sallyport.spi.Settings;
import java.time.Duration;

/**
 * Between whom tokens are good. The generator and the provider must be told the same.
 *
 * @param issuer who makes them
 * @param audience who accepts them
 */
public record TokenParties(String issuer, String audience) {

  private static final String DEFAULT_ISSUER = "sallyport";

  /** The parties that settings name. */
  public static TokenParties read(Settings settings) {
    String issuer = notEmpty(settings, "issuer", DEFAULT_ISSUER);
    return new TokenParties(issuer, notEmpty(settings, "audience", issuer));
  }

  ClaimsPolicy writing() {
    return policy(Duration.ZERO);
  }

  ClaimsPolicy policy(Duration clockSkew) {
    return ClaimsPolicy.own(issuer, audience, clockSkew);
  }

  private static String notEmpty(Settings settings, String key, String fallback) {
    String text = settings.text(key, fallback);
    if (text.isBlank()) {
      settings.reject(key, "expected a name that is not empty, or leave it out for " + fallback);
      return DEFAULT_ISSUER;
    }
    return text;
  }
}
