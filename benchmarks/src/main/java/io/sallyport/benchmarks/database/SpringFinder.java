package io.sallyport.benchmarks.database;

import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.provisioning.JdbcUserDetailsManager;

/** Spring Security's {@code JdbcUserDetailsManager} with its own queries. */
final class SpringFinder implements Finder {

  private final JdbcUserDetailsManager users;

  SpringFinder(DataSource source, boolean authorities) {
    users = new JdbcUserDetailsManager(source);
    users.setEnableGroups(true);
    users.setEnableAuthorities(authorities);
    users.afterPropertiesSet();
  }

  @Override
  public Object find(String name) {
    return users.loadUserByUsername(name);
  }

  @Override
  public Set<String> roles(Object found) {
    return ((UserDetails) found)
        .getAuthorities().stream().map(GrantedAuthority::getAuthority).collect(Collectors.toSet());
  }
}
