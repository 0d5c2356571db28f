package io.sallyport.authprovider.token.internal;

import io.sallyport.api.User;
import io.sallyport.spi.Userstore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Users by id, who can be changed and removed. */
public final class MapStore implements Userstore {

  private final Map<String, User> users = new ConcurrentHashMap<>();

  public MapStore with(User user) {
    users.put(user.id(), user);
    return this;
  }

  public void remove(String id) {
    users.remove(id);
  }

  @Override
  public Optional<User> findUser(String username) {
    throw new UnsupportedOperationException("a token names a user by its id");
  }

  @Override
  public Optional<User> findUserById(String id) {
    return Optional.ofNullable(users.get(id));
  }
}
