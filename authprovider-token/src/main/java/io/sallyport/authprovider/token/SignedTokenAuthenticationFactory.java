package io.sallyport.authprovider.token;

import io.sallyport.authprovider.token.internal.keys.TokenKeys;
import io.sallyport.authprovider.token.internal.request.BearerChallenge;
import io.sallyport.authprovider.token.internal.request.TokenFields;
import io.sallyport.authprovider.token.internal.signed.SignedTokenAuthentication;
import io.sallyport.authprovider.token.internal.signed.TokenParties;
import io.sallyport.authprovider.token.internal.verified.VerifiedTokens;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.AuthenticationProviderFactory;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import java.time.Duration;

/**
 * Makes providers that accept the tokens of {@link SignedTokenGeneratorFactory}.
 *
 * <p>Properties: {@code keys} or {@code secret_key}, {@code issuer} and {@code audience} as given to the
 * generator; {@code clock_skew_seconds} (30; 0 to 60), by how much the clock of another node that makes
 * tokens may be ahead; {@code headers}, the fields that carry a token ({@code Authorization}, with the
 * scheme Bearer, and {@code Authentication-Token}); {@code realm} ({@code Sallyport}); {@code challenge}
 * ({@code true}), whether a refused caller is told about the scheme Bearer; {@code cache}, {@code off} or
 * a mapping with {@code max_entries} (10,000; 1 to 1,000,000), how many verified tokens are remembered.
 *
 * <p>A token is refused from the instant it expires; the clock skew does not prolong it.
 *
 * @since 0.1
 */
public final class SignedTokenAuthenticationFactory implements AuthenticationProviderFactory {

  /** Makes the factory. */
  public SignedTokenAuthenticationFactory() {}

  @Override
  public String name() {
    return "token";
  }

  @Override
  public AuthenticationProvider create(Settings settings, ProviderContext context) {
    if (context.userstores().isEmpty()) {
      settings.reject("tokens belong to users of a userstore, and there is none; configure one");
    }
    return new SignedTokenAuthentication(
        TokenKeys.read(settings, context),
        TokenParties.read(settings),
        Duration.ofSeconds(settings.integer("clock_skew_seconds", 30, 0, 60)),
        TokenFields.read(settings, "headers"),
        BearerChallenge.read(settings),
        VerifiedTokens.read(settings),
        context);
  }
}
