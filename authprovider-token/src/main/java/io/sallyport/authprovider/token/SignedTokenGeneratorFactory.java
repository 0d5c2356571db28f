package io.sallyport.authprovider.token;

import io.sallyport.authprovider.token.internal.keys.TokenKeys;
import io.sallyport.authprovider.token.internal.signed.SignedTokenGenerator;
import io.sallyport.authprovider.token.internal.signed.TokenParties;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.TokenGenerator;
import io.sallyport.spi.TokenGeneratorFactory;
import java.time.Duration;

/**
 * Makes generators of signed tokens: JWTs with HS256.
 *
 * <p>Properties: {@code secret_key} (required: at least 32 random bytes in base64, usually {@code
 * ${file:token.key}}), {@code issuer} ({@code sallyport}), {@code audience} (the issuer), {@code
 * expires_in_seconds} (600; 1 to 86,400) and {@code max_session_seconds} (43,200; 1 to 2,592,000),
 * after which no token made with a token is good any more, counted from the last sign-in with more
 * than a token.
 *
 * @since 0.1
 */
public final class SignedTokenGeneratorFactory implements TokenGeneratorFactory {

  /** Makes the factory. */
  public SignedTokenGeneratorFactory() {}

  @Override
  public String name() {
    return "token";
  }

  @Override
  public TokenGenerator create(Settings settings, ProviderContext context) {
    return new SignedTokenGenerator(
        TokenKeys.read(settings, context),
        TokenParties.read(settings),
        Duration.ofSeconds(settings.integer("expires_in_seconds", 600, 1, 86_400)),
        Duration.ofSeconds(settings.integer("max_session_seconds", 43_200, 1, 2_592_000)),
        context.clock());
  }
}
