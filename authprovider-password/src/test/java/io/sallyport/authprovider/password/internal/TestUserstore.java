package io.sallyport.authprovider.password.internal;

import io.sallyport.api.Credential;
import io.sallyport.api.Secret;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.User;
import io.sallyport.spi.PasswordUpdates;
import io.sallyport.spi.PasswordVerifier;
import io.sallyport.spi.Userstore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Users in memory; counts how often it is asked. */
public final class TestUserstore implements Userstore {

  private final Map<String, User> users = new ConcurrentHashMap<>();
  private final AtomicInteger lookups = new AtomicInteger();
  private Optional<PasswordVerifier> verifier = Optional.empty();
  private Optional<PasswordUpdates> updates = Optional.empty();

  public TestUserstore add(User user) {
    users.put(user.name(), user);
    return this;
  }

  /** Lets a user sign in by another word than its name. */
  TestUserstore addAs(String signIn, User user) {
    users.put(signIn, user);
    return this;
  }

  public TestUserstore add(String name, Credential credential) {
    return add(build(user(name).credential(credential)));
  }

  public TestUserstore verifiedBy(PasswordVerifier value) {
    verifier = Optional.of(value);
    return this;
  }

  TestUserstore updatedBy(PasswordUpdates value) {
    updates = Optional.of(value);
    return this;
  }

  /** The stored hash of a user. */
  Secret hashOf(String name) {
    return ((Credential.Stored) users.get(name).credential()).hash();
  }

  static User.Builder user(String name) {
    return User.builder("id-" + name, name);
  }

  static User build(User.Builder builder) {
    return builder.build(SecurityStamp.of("x", new byte[0], true, null));
  }

  public static Credential stored(String hash) {
    return new Credential.Stored(Secret.ofText(hash));
  }

  int lookups() {
    return lookups.get();
  }

  @Override
  public Optional<User> findUser(String username) {
    lookups.incrementAndGet();
    return Optional.ofNullable(users.get(username));
  }

  @Override
  public Optional<User> findUserById(String id) {
    return users.values().stream().filter(user -> user.id().equals(id)).findAny();
  }

  @Override
  public Optional<PasswordVerifier> passwordVerifier() {
    return verifier;
  }

  @Override
  public Optional<PasswordUpdates> passwordUpdates() {
    return updates;
  }
}
