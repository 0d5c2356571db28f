package io.sallyport.authprovider.token;

import io.sallyport.authprovider.token.internal.request.BearerChallenge;
import io.sallyport.authprovider.token.internal.request.TokenFields;
import io.sallyport.authprovider.token.internal.stored.StoredTokenAuthentication;
import io.sallyport.authprovider.token.internal.stored.StoredTokenSettings;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.AuthenticationProviderFactory;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;

/**
 * Makes providers that accept the tokens of {@link StoredTokenGeneratorFactory}. They need a token store.
 *
 * <p>Properties: {@code secret_key}, {@code previous_secret_keys} and {@code prefix} as given to the
 * generator; {@code headers}, the fields that carry a token ({@code Authorization}, with the scheme Bearer, and
 * {@code Authentication-Token}); {@code realm} ({@code Sallyport}); {@code challenge} ({@code true}), whether
 * a refused caller is told about the scheme Bearer.
 *
 * @since 0.1
 */
public final class StoredTokenAuthenticationFactory implements AuthenticationProviderFactory {

  /** Makes the factory. */
  public StoredTokenAuthenticationFactory() {}

  @Override
  public String name() {
    return "api_token";
  }

  @Override
  public AuthenticationProvider create(Settings settings, ProviderContext context) {
    if (context.userstores().isEmpty()) {
      settings.reject("tokens belong to users of a userstore, and there is none; configure one");
    }
    TokenFields fields = TokenFields.read(settings, "headers");
    BearerChallenge challenge = BearerChallenge.read(settings);
    return new StoredTokenAuthentication(
        StoredTokenSettings.read(settings, context),
        fields,
        challenge,
        context.userstores(),
        context.clock());
  }
}
