package io.sallyport.authprovider.token.internal;

import io.sallyport.api.Profile;
import io.sallyport.spi.ConfigurationFiles;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.TokenStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A host with users, a token store, and a clock that can be set. */
public final class TokenHost implements ProviderContext {

  public final MapStore users = new MapStore();
  public final MapTokenStore tokens = new MapTokenStore();
  public volatile Instant now = Samples.NOW;

  @Override
  public String name() {
    return "api";
  }

  @Override
  public Profile profile() {
    return Profile.STANDARD;
  }

  @Override
  public InstantSource clock() {
    return () -> now;
  }

  @Override
  public List<NamedUserstore> userstores() {
    return List.of(new NamedUserstore("main", users));
  }

  @Override
  public Optional<TokenStore> tokenStore() {
    return Optional.of(tokens);
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
