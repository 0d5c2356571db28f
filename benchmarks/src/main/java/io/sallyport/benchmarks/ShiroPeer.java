package io.sallyport.benchmarks;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.shiro.authc.credential.PasswordMatcher;
import org.apache.shiro.realm.SimpleAccountRealm;
import org.apache.shiro.web.filter.mgt.DefaultFilterChainManager;
import org.apache.shiro.web.filter.mgt.PathMatchingFilterChainResolver;
import org.apache.shiro.web.mgt.DefaultWebSecurityManager;
import org.apache.shiro.web.servlet.AbstractShiroFilter;

/** Apache Shiro with authcBasic and no session. */
final class ShiroPeer implements Peer {

  private static final Pattern PHC =
      Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([^$]+)\\$([^$]+)");

  private final ConfiguredFilter filter;

  private ShiroPeer(ConfiguredFilter filter) {
    this.filter = filter;
  }

  static ShiroPeer start(Accounts accounts) {
    var realm = new SimpleAccountRealm();
    realm.setCredentialsMatcher(new PasswordMatcher());
    String hash = shiro(accounts.hash());
    accounts.names().forEach(name -> realm.addAccount(name, hash, Accounts.ROLE));
    return new ShiroPeer(new ConfiguredFilter(new DefaultWebSecurityManager(realm)));
  }

  /** The same salt and hash in the only form that Shiro reads: parameters in another order. */
  private static String shiro(String phc) {
    Matcher parts = PHC.matcher(phc);
    if (!parts.matches()) {
      throw new IllegalArgumentException("not of the expected form");
    }
    return "$shiro2$argon2id$v=19$t=%s,m=%s,p=%s$%s$%s"
        .formatted(parts.group(2), parts.group(1), parts.group(3), parts.group(4), parts.group(5));
  }

  @Override
  public Filter filter() {
    return filter;
  }

  @Override
  public void close() {
    filter.destroy();
  }

  /** Set up in Java, where others have an INI file. */
  private static final class ConfiguredFilter extends AbstractShiroFilter {

    ConfiguredFilter(DefaultWebSecurityManager manager) {
      var config = new BenchContext().config();
      setSecurityManager(manager);
      var chains = new DefaultFilterChainManager(config);
      chains.createChain("/public/**", "noSessionCreation, anon");
      chains.createChain("/**", "noSessionCreation, authcBasic, roles[" + Accounts.ROLE + "]");
      var resolver = new PathMatchingFilterChainResolver(config);
      resolver.setFilterChainManager(chains);
      setFilterChainResolver(resolver);
      try {
        init(config);
      } catch (ServletException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
