package io.sallyport.core.internal.gate;

import io.sallyport.api.User;
import io.sallyport.spi.PasswordUpdates;
import io.sallyport.spi.PasswordVerifier;
import io.sallyport.spi.Userstore;
import java.util.Optional;

/** A userstore that holds no more threads than its share. Owns the store that it bounds. */
public final class BoundedUserstore implements Userstore {

  private final Userstore store;
  private final BoundedCalls calls;

  /** Bounds a store. */
  public BoundedUserstore(String name, Userstore store, CallLimits limits) {
    this.store = store;
    this.calls = new BoundedCalls("userstore " + name, limits);
  }

  @Override
  public Optional<User> findUser(String username) {
    return calls.call(() -> store.findUser(username));
  }

  @Override
  public Optional<User> findUserById(String id) {
    return calls.call(() -> store.findUserById(id));
  }

  @Override
  public Optional<PasswordVerifier> passwordVerifier() {
    return store
        .passwordVerifier()
        .map(verifier -> (userId, password) -> calls.call(() -> verifier.verify(userId, password)));
  }

  @Override
  public Optional<PasswordUpdates> passwordUpdates() {
    return store
        .passwordUpdates()
        .map(updates -> (userId, expected, replacement) ->
            calls.call(() -> updates.replaceHash(userId, expected, replacement)));
  }

  @Override
  public void close() {
    calls.close();
    store.close();
  }
}
