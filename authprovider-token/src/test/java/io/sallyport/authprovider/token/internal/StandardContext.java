package io.sallyport.authprovider.token.internal;

import io.sallyport.api.Profile;
import io.sallyport.spi.ConfigurationFiles;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.TokenStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A host with a clock and userstores. */
public record StandardContext(InstantSource clock, List<NamedUserstore> userstores)
    implements ProviderContext {

  @Override
  public String name() {
    return "token";
  }

  @Override
  public Profile profile() {
    return Profile.STANDARD;
  }

  @Override
  public Optional<TokenStore> tokenStore() {
    return Optional.empty();
  }

  @Override
  public LoginAttempts loginAttempts() {
    throw new UnsupportedOperationException("nothing here can be guessed");
  }

  @Override
  public ConfigurationFiles files() {
    throw new UnsupportedOperationException("nothing here reads a structured file");
  }
}
