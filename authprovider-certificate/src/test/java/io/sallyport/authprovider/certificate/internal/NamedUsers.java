package io.sallyport.authprovider.certificate.internal;

import io.sallyport.api.SecurityStamp;
import io.sallyport.api.User;
import io.sallyport.spi.Userstore;
import java.util.Optional;
import java.util.Set;

/** Users without passwords, found by exactly their names. */
public record NamedUsers(Set<String> names) implements Userstore {

  public static NamedUsers of(String... names) {
    return new NamedUsers(Set.of(names));
  }

  @Override
  public Optional<User> findUser(String username) {
    return names.contains(username)
        ? Optional.of(User.builder("id-" + username, username)
            .build(SecurityStamp.of(username, new byte[0], true, null)))
        : Optional.empty();
  }

  @Override
  public Optional<User> findUserById(String id) {
    throw new UnsupportedOperationException("a certificate names no id");
  }
}
