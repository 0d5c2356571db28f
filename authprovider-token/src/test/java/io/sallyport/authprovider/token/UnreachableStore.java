package io.sallyport.authprovider.token;

import io.sallyport.api.User;
import io.sallyport.spi.UnavailableException;
import io.sallyport.spi.Userstore;
import java.time.Duration;
import java.util.Optional;

/** A store that cannot be asked now. */
final class UnreachableStore implements Userstore {

  @Override
  public Optional<User> findUser(String username) {
    throw new UnavailableException("the directory is down", Duration.ofSeconds(5), null);
  }

  @Override
  public Optional<User> findUserById(String id) {
    throw new UnavailableException("the directory is down", Duration.ofSeconds(5), null);
  }
}
