package io.sallyport.fuzz;

import io.sallyport.api.Profile;
import io.sallyport.api.User;
import io.sallyport.spi.ConfigurationFiles;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.Userstore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A store of one user, and the context of a provider that speaks for it. */
public record OneUser(User user, Profile profile, Instant now)
    implements Userstore, ProviderContext {

  @Override
  public Optional<User> findUser(String username) {
    return username.equals(user.name()) ? Optional.of(user) : Optional.empty();
  }

  @Override
  public Optional<User> findUserById(String id) {
    return id.equals(user.id()) ? Optional.of(user) : Optional.empty();
  }

  @Override
  public String name() {
    return "fuzzed";
  }

  @Override
  public InstantSource clock() {
    return InstantSource.fixed(now);
  }

  @Override
  public List<NamedUserstore> userstores() {
    return List.of(new NamedUserstore("main", this));
  }

  @Override
  public LoginAttempts loginAttempts() {
    return new CountingNothing();
  }

  @Override
  public Optional<TokenStore> tokenStore() {
    return Optional.empty();
  }

  @Override
  public ConfigurationFiles files() {
    throw new AssertionError("nothing here reads files");
  }
}
