package io.sallyport.userstore.file.internal;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.User;
import io.sallyport.spi.ConfigurationFiles.Reloadable;
import io.sallyport.spi.Userstore;
import java.util.Optional;

/** The users of the moment: each look-up reads the current snapshot once, and nothing else. */
public final class FileUserstore implements Userstore {

  private final Reloadable<Users> users;

  /**
   * A store of these users.
   *
   * @param users the users; closed with the store
   */
  public FileUserstore(Reloadable<Users> users) {
    this.users = requireNonNull(users, "users");
  }

  @Override
  public Optional<User> findUser(String username) {
    return users.current().find(requireNonNull(username, "username"));
  }

  @Override
  public Optional<User> findUserById(String id) {
    return users.current().findById(requireNonNull(id, "id"));
  }

  @Override
  public void close() {
    users.close();
  }
}
