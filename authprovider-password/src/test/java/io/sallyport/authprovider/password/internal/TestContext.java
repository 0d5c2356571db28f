package io.sallyport.authprovider.password.internal;

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

/** What a factory is given. */
public record TestContext(
    Profile profile, List<NamedUserstore> userstores, LoginAttempts loginAttempts)
    implements ProviderContext {

  static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  public TestContext(Profile profile, List<NamedUserstore> userstores) {
    this(profile, userstores, new RecordedAttempts());
  }

  @Override
  public String name() {
    return "password";
  }

  @Override
  public InstantSource clock() {
    return InstantSource.fixed(NOW);
  }

  @Override
  public Optional<TokenStore> tokenStore() {
    throw new AssertionError("passwords need no tokens");
  }

  @Override
  public ConfigurationFiles files() {
    throw new AssertionError("this module reads no files");
  }
}
