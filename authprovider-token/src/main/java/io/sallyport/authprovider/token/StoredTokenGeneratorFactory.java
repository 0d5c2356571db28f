package io.sallyport.authprovider.token;

import io.sallyport.authprovider.token.internal.minting.MintingRules;
import io.sallyport.authprovider.token.internal.stored.LifeTimes;
import io.sallyport.authprovider.token.internal.stored.StoredTokenGenerator;
import io.sallyport.authprovider.token.internal.stored.StoredTokenSettings;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.TokenGenerator;
import io.sallyport.spi.TokenGeneratorFactory;

/**
 * Makes generators of API tokens: random values for programs, of which a token store keeps a keyed hash.
 *
 * <p>Properties: {@code secret_key} (required: at least 32 random bytes in base64, usually {@code
 * ${file:api-token.key}}), {@code previous_secret_keys} (none: keys whose tokens are still good), {@code
 * prefix} ({@code sly}), {@code default_life_time} ({@code 90d}) and {@code max_life_time} ({@code 365d}),
 * each a time span or {@code never}; {@code max_per_user} (100; 1 to 10,000); {@code minting_permitted_to}
 * (none; {@code stored} and {@code scoped}), which credentials may ask for tokens besides unrestricted ones
 * of people.
 *
 * @since 0.1
 */
public final class StoredTokenGeneratorFactory implements TokenGeneratorFactory {

  /** Makes the factory. */
  public StoredTokenGeneratorFactory() {}

  @Override
  public String name() {
    return "api_token";
  }

  @Override
  public TokenGenerator create(Settings settings, ProviderContext context) {
    LifeTimes lifeTimes = LifeTimes.read(settings);
    int maxPerUser = (int) settings.integer("max_per_user", 100, 1, 10_000);
    MintingRules rules = MintingRules.read(settings);
    return new StoredTokenGenerator(
        StoredTokenSettings.read(settings, context), lifeTimes, maxPerUser, rules, context.clock());
  }
}
