package io.sallyport.userstore.file.internal;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.User;
import io.sallyport.spi.ConfigurationFiles.Reloadable;
import io.sallyport.spi.PasswordUpdates;
import io.sallyport.spi.Userstore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The users of the moment: each look-up reads the current snapshot once, and nothing else. */
public final class FileUserstore implements Userstore {

  private final Reloadable<Users> users;
  private final @Nullable PasswordUpdates updates;

  private FileUserstore(Reloadable<Users> users, @Nullable PasswordUpdates updates) {
    this.users = requireNonNull(users, "users");
    this.updates = updates;
  }

  /**
   * A store of these users, which are not written.
   *
   * @param users the users; closed with the store
   * @return the store
   */
  public static FileUserstore readOnly(Reloadable<Users> users) {
    return new FileUserstore(users, null);
  }

  /**
   * A store of these users, whose hashes can be replaced.
   *
   * @param users the users; closed with the store
   * @return the store
   */
  public static FileUserstore upgrading(Reloadable<Users> users) {
    return new FileUserstore(users, new HashUpdates(users, UpgradePace.USUAL));
  }

  @Override
  public Optional<PasswordUpdates> passwordUpdates() {
    return Optional.ofNullable(updates);
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
