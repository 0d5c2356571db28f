package io.sallyport.benchmarks;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import org.apache.shiro.authc.AuthenticationException;
import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authc.BearerToken;
import org.apache.shiro.authc.SimpleAccount;
import org.apache.shiro.authc.credential.AllowAllCredentialsMatcher;
import org.apache.shiro.authz.AuthorizationInfo;
import org.apache.shiro.authz.SimpleAuthorizationInfo;
import org.apache.shiro.realm.AuthorizingRealm;
import org.apache.shiro.subject.PrincipalCollection;
import org.apache.shiro.web.filter.mgt.DefaultFilterChainManager;
import org.apache.shiro.web.filter.mgt.PathMatchingFilterChainResolver;
import org.apache.shiro.web.mgt.DefaultWebSecurityManager;
import org.apache.shiro.web.servlet.AbstractShiroFilter;

/** Apache Shiro with authcBearer and no session; it has no realm for JWTs, so this one asks Nimbus. */
final class ShiroTokenPeer implements Peer {

  private final ConfiguredFilter filter;

  private ShiroTokenPeer(ConfiguredFilter filter) {
    this.filter = filter;
  }

  static ShiroTokenPeer start(TokenAlgorithm algorithm, JWK key) {
    var realm = new TokenRealm(new NimbusVerification(algorithm, key));
    return new ShiroTokenPeer(new ConfiguredFilter(new DefaultWebSecurityManager(realm)));
  }

  @Override
  public Filter filter() {
    return filter;
  }

  @Override
  public void close() {
    filter.destroy();
  }

  /** A caller as the claims have it. */
  private record Caller(String name, Set<String> roles) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final class TokenRealm extends AuthorizingRealm {

    private final NimbusVerification verification;

    TokenRealm(NimbusVerification verification) {
      this.verification = verification;
      setAuthenticationTokenClass(BearerToken.class);
      setCredentialsMatcher(new AllowAllCredentialsMatcher());
    }

    @Override
    protected AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken presented) {
      String token = ((BearerToken) presented).getToken();
      try {
        JWTClaimsSet claims = verification.verify(token);
        List<String> roles = claims.getStringListClaim("roles");
        return new SimpleAccount(
            new Caller(claims.getSubject(), Set.copyOf(roles)), token, getName());
      } catch (IllegalArgumentException | ParseException e) {
        throw new AuthenticationException(e);
      }
    }

    @Override
    protected AuthorizationInfo doGetAuthorizationInfo(PrincipalCollection principals) {
      return new SimpleAuthorizationInfo(((Caller) principals.getPrimaryPrincipal()).roles());
    }
  }

  /** Set up in Java, where others have an INI file. */
  private static final class ConfiguredFilter extends AbstractShiroFilter {

    ConfiguredFilter(DefaultWebSecurityManager manager) {
      var config = new BenchContext().config();
      setSecurityManager(manager);
      var chains = new DefaultFilterChainManager(config);
      chains.createChain("/public/**", "noSessionCreation, anon");
      chains.createChain("/**", "noSessionCreation, authcBearer, roles[" + Accounts.ROLE + "]");
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
