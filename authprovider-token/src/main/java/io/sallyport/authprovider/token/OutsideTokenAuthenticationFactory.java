package io.sallyport.authprovider.token;

import io.sallyport.authprovider.token.internal.oidc.OutsideTokenAuthentication;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.AuthenticationProviderFactory;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;

/**
 * Makes providers that accept the tokens of one outside issuer: access tokens of an OpenID Connect provider or
 * an OAuth 2.0 authorization server (RFC 9068). An entry for each issuer, side by side.
 *
 * <p>Properties: {@code issuer} and {@code audience} (required), and where keys are, which tokens are accepted
 * and what their claims mean; docs/configuration.md has the table. Where the entry says {@code users:
 * external}, the issuer vouches for whom it likes, and roles come of its claims by {@code roles} and {@code
 * tenants}; else the user of the name in {@code username_claim} must be in a userstore.
 *
 * <p>Keys are fetched in the background. That the issuer cannot be reached neither fails nor delays the start.
 *
 * @since 0.1
 */
public final class OutsideTokenAuthenticationFactory implements AuthenticationProviderFactory {

  /** Makes the factory. */
  public OutsideTokenAuthenticationFactory() {}

  @Override
  public String name() {
    return "oidc";
  }

  @Override
  public AuthenticationProvider create(Settings settings, ProviderContext context) {
    return OutsideTokenAuthentication.read(settings, context);
  }
}
