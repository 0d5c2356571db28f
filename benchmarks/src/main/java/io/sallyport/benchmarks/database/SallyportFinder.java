package io.sallyport.benchmarks.database;

import io.sallyport.api.User;
import io.sallyport.spi.Userstore;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/** {@code userstore: {implementation: jdbc}} on its own tables. */
final class SallyportFinder implements Finder {

  private final Userstore users;

  SallyportFinder(DataSource source, Map<String, String> properties) {
    this.users = new Parts(source).users(properties);
  }

  @Override
  public Object find(String name) {
    return users.findUser(name).orElseThrow();
  }

  @Override
  public Set<String> roles(Object found) {
    return ((User) found).roles();
  }

  @Override
  public void close() {
    users.close();
  }
}
