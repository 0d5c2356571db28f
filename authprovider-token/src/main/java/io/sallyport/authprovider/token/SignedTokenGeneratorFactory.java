package io.sallyport.authprovider.token;

import io.sallyport.authprovider.token.internal.keys.TokenKeys;
import io.sallyport.authprovider.token.internal.minting.MintingRules;
import io.sallyport.authprovider.token.internal.refresh.RefreshTokens;
import io.sallyport.authprovider.token.internal.signed.SessionLimits;
import io.sallyport.authprovider.token.internal.signed.SignedTokenGenerator;
import io.sallyport.authprovider.token.internal.signed.TokenParties;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.TokenGenerator;
import io.sallyport.spi.TokenGeneratorFactory;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes generators of signed tokens: JWTs.
 *
 * <p>Properties: {@code keys} (a file with a ring of keys) or {@code secret_key} (at least 32 random bytes
 * in base64 for HS256, usually {@code ${file:token.key}}), {@code issuer} ({@code sallyport}), {@code
 * audience} (the issuer), {@code expires_in_seconds} (600; 1 to 86,400), {@code max_session_seconds}
 * (43,200; 1 to 2,592,000), after which no token made with a token is good any more, counted from the
 * last sign-in with more than a token, {@code minting_permitted_to} (none; {@code stored}, {@code
 * scoped}), which credentials may have tokens besides, and {@code refresh_tokens} ({@code false}),
 * whether a sign-in gets a refresh token with its first token.
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
    Duration lifetime = Duration.ofSeconds(settings.integer("expires_in_seconds", 600, 1, 86_400));
    Duration maxSession =
        Duration.ofSeconds(settings.integer("max_session_seconds", 43_200, 1, 2_592_000));
    TokenKeys keys = TokenKeys.read(settings, context, lifetime);
    return new SignedTokenGenerator(
        keys,
        TokenParties.read(settings),
        new SessionLimits(lifetime, maxSession),
        MintingRules.read(settings),
        refreshTokens(settings, context, keys, maxSession),
        context.clock());
  }

  private static @Nullable RefreshTokens refreshTokens(
      Settings settings, ProviderContext context, TokenKeys keys, Duration maxSession) {
    if (!settings.flag("refresh_tokens", false)) {
      return null;
    }
    if (context.tokenStore().isEmpty()) {
      settings.reject(
          "refresh_tokens", "refresh tokens are kept in a token store; configure token_store");
      return null;
    }
    return new RefreshTokens(keys, context.tokenStore().get(), maxSession, context.clock());
  }
}
