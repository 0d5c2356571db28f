package io.sallyport.benchmarks.database;

import io.sallyport.api.Profile;
import io.sallyport.spi.Database;
import io.sallyport.spi.Factory;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.LoginAttemptsFactory;
import io.sallyport.spi.NamedDatabase;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.TokenStoreFactory;
import io.sallyport.spi.Userstore;
import io.sallyport.spi.UserstoreFactory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import javax.sql.DataSource;

/** Makes the parts called {@code jdbc} as a configuration makes them. */
public record Parts(DataSource source) {

  /** Makes a store of users. */
  public Userstore users(Map<String, String> properties) {
    return make(UserstoreFactory.class, properties);
  }

  /** Makes a store of tokens. */
  public TokenStore tokens(Map<String, String> properties) {
    return make(TokenStoreFactory.class, properties);
  }

  /** Makes what counts failed logins. */
  public LoginAttempts attempts(Map<String, String> properties) {
    return make(LoginAttemptsFactory.class, properties);
  }

  private <T, F extends Factory<T>> T make(Class<F> type, Map<String, String> properties) {
    F factory = ServiceLoader.load(type).stream()
        .map(ServiceLoader.Provider::get)
        .filter(one -> one.name().equals("jdbc"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + type.getSimpleName() + " jdbc"));
    return factory.create(
        proxy(Settings.class, (self, method, args) -> MapSettings.answer(properties, method, args)),
        proxy(ProviderContext.class, (self, method, args) -> context(method)));
  }

  private Object context(Method method) {
    return switch (method.getName()) {
      case "name" -> "main";
      case "profile" -> Profile.STANDARD;
      case "clock" -> InstantSource.system();
      case "databases" -> List.of(new NamedDatabase("main", (Database) () -> source));
      case "userstores" -> List.of();
      case "tokenStore" -> Optional.empty();
      default -> throw new IllegalStateException("not in a benchmark: " + method.getName());
    };
  }

  private static <T> T proxy(Class<T> type, InvocationHandler answers) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
  }
}
