package io.sallyport.core.testparts;

import io.sallyport.api.SecurityStamp;
import io.sallyport.api.User;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.UnavailableException;
import io.sallyport.spi.Userstore;
import io.sallyport.spi.UserstoreFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A userstore whose users stand in the configuration, as {@code name:role,role}. */
public final class ListedUsers implements UserstoreFactory {

  @Override
  public String name() {
    return "listed";
  }

  @Override
  public Userstore create(Settings settings, ProviderContext context) {
    Map<String, User> users = new LinkedHashMap<>();
    for (String user : settings.texts("users")) {
      String[] parts = user.split(":", 2);
      users.put(
          parts[0],
          User.builder(parts[0], parts[0])
              .roles(Set.copyOf(List.of(parts[1].split(","))))
              .build(SecurityStamp.of(parts[0], new byte[0], true, null)));
    }
    return new Store(users, settings.flag("down", false));
  }

  private record Store(Map<String, User> users, boolean down) implements Userstore {

    @Override
    public Optional<User> findUser(String username) {
      if (down) {
        throw new UnavailableException("the store is down", Duration.ofSeconds(4), null);
      }
      return Optional.ofNullable(users.get(username));
    }

    @Override
    public Optional<User> findUserById(String id) {
      return findUser(id);
    }
  }
}
