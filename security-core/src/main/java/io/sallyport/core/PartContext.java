package io.sallyport.core;

import io.sallyport.api.Profile;
import io.sallyport.spi.ConfigurationFiles;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.NamedDatabase;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.TokenStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a factory may use of the application.
 *
 * @param attempts asked when a part wants the counters, which may be set after contexts have been made
 * @param tokens asked when a part wants the token store, for the same reason
 */
record PartContext(
    String name,
    Profile profile,
    InstantSource clock,
    List<NamedUserstore> userstores,
    boolean externalUsers,
    Supplier<LoginAttempts> attempts,
    Supplier<Optional<TokenStore>> tokens,
    List<NamedDatabase> databases,
    ConfigurationFiles files)
    implements ProviderContext {

  @Override
  public LoginAttempts loginAttempts() {
    return attempts.get();
  }

  @Override
  public Optional<TokenStore> tokenStore() {
    return tokens.get();
  }
}
