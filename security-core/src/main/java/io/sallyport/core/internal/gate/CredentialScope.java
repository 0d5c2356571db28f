package io.sallyport.core.internal.gate;

import io.sallyport.api.Identity;
import io.sallyport.api.Target;
import io.sallyport.api.TokenKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a presented credential may be used for at most, whatever rules and roles say of its user: the
 * endpoints that it is restricted to, and for a refresh token the making of tokens. Safe for threads.
 */
public final class CredentialScope {

  private final Set<String> tokenPaths;
  private final PermittedEndpoints.Cache compiled = new PermittedEndpoints.Cache();

  /**
   * The scope of all credentials of an application.
   *
   * @param tokenPaths the exact paths at which tokens are made
   */
  public CredentialScope(Set<String> tokenPaths) {
    this.tokenPaths = Set.copyOf(tokenPaths);
  }

  /**
   * Why a credential is not good for a target.
   *
   * @return for the operator, without anything that was sent; empty if it is good for it
   */
  Optional<String> refusal(Identity caller, Target target) {
    if (isRefreshToken(caller)) {
      // its endpoints are those of the tokens that it gets, and they need not be able to get any
      return target.method().equals("POST") && tokenPaths.contains(target.path())
          ? Optional.empty()
          : Optional.of("a refresh token is good for nothing but POST to a tokens endpoint");
    }
    Optional<List<String>> endpoints = caller.restrictions().endpoints();
    return endpoints.isEmpty() ? Optional.empty() : compiled.of(endpoints.get()).refusal(target);
  }

  private static boolean isRefreshToken(Identity caller) {
    return caller.token().filter(token -> token.kind() == TokenKind.REFRESH).isPresent();
  }
}
