package io.sallyport.core.testparts;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.Challenge;
import io.sallyport.api.Evidence;
import io.sallyport.api.Subject;
import io.sallyport.api.User;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.AuthenticationProviderFactory;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Believes whoever a header field names, which only a test may do. */
public final class NamedCaller implements AuthenticationProviderFactory {

  @Override
  public String name() {
    return "named";
  }

  @Override
  public AuthenticationProvider create(Settings settings, ProviderContext context) {
    String field = settings.text("header", "X-User");
    if (settings.flag("broken", false)) {
      throw new IllegalStateException("broken on purpose");
    }
    if (settings.flag("unlinked", false)) {
      throw new NoClassDefFoundError("some/lacking/Type");
    }
    settings.flag("late", false);
    return new Provider(field, context.userstores(), context.clock());
  }

  private record Provider(String field, List<NamedUserstore> stores, InstantSource clock)
      implements AuthenticationProvider {

    @Override
    public AuthenticationResult authenticate(AuthenticationRequest request) {
      Optional<String> name = request.header(field);
      if (name.isEmpty()) {
        return new AuthenticationResult.NotPresented();
      }
      for (NamedUserstore store : stores) {
        Optional<User> user = store.store().findUser(name.get());
        if (user.isPresent()) {
          return new AuthenticationResult.Authenticated(
              new Subject.StoreUser(store.name(), user.get()),
              Evidence.of("named", clock.instant()));
        }
      }
      return new AuthenticationResult.Rejected(
          AuthenticationResult.Reason.UNKNOWN_USER, "no such user", name.get());
    }

    @Override
    public List<Challenge> challenges(AuthenticationRequest request) {
      Map<String, String> parameters = new LinkedHashMap<>(Map.of("realm", "te\"st"));
      if (!request.headers(field).isEmpty()) {
        parameters.put("error", "invalid_name");
      }
      return List.of(new Challenge.Header("Named", parameters));
    }

    @Override
    public Set<String> credentialHeaders() {
      return Set.of(field);
    }
  }
}
