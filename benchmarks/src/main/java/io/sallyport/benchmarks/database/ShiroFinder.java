package io.sallyport.benchmarks.database;

import java.util.Set;
import javax.sql.DataSource;
import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.UsernamePasswordToken;
import org.apache.shiro.authz.AuthorizationInfo;
import org.apache.shiro.realm.jdbc.JdbcRealm;
import org.apache.shiro.subject.SimplePrincipalCollection;

/** Shiro's {@code JdbcRealm} with its own queries, asked for the password and for the roles as a request asks it. */
final class ShiroFinder implements Finder {

  private final Realm realm;

  ShiroFinder(DataSource source, boolean permissions) {
    realm = new Realm();
    realm.setDataSource(source);
    realm.setPermissionsLookupEnabled(permissions);
  }

  private record Found(AuthenticationInfo password, AuthorizationInfo roles) {}

  /** What a realm finds, without what its manager makes of it. */
  private static final class Realm extends JdbcRealm {

    Found find(String name) {
      AuthenticationInfo password =
          doGetAuthenticationInfo(new UsernamePasswordToken(name, new char[0]));
      AuthorizationInfo roles =
          doGetAuthorizationInfo(new SimplePrincipalCollection(name, getName()));
      return new Found(password, roles);
    }
  }

  @Override
  public Object find(String name) {
    return realm.find(name);
  }

  @Override
  public Set<String> roles(Object found) {
    return Set.copyOf(((Found) found).roles().getRoles());
  }
}
