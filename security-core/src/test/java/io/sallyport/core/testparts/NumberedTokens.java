package io.sallyport.core.testparts;

import io.sallyport.api.Identity;
import io.sallyport.api.IssuedToken;
import io.sallyport.api.Secret;
import io.sallyport.api.TokenRequest;
import io.sallyport.spi.NotPermittedException;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.TokenGenerator;
import io.sallyport.spi.TokenGeneratorFactory;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.time.Instant;

/** Makes tokens that nobody understands, and fails for the users whose names say so. */
public final class NumberedTokens implements TokenGeneratorFactory {

  @Override
  public String name() {
    return "numbered";
  }

  @Override
  public TokenGenerator create(Settings settings, ProviderContext context) {
    return NumberedTokens::generate;
  }

  private static IssuedToken generate(Identity identity, TokenRequest request) {
    if (identity.name().equals("noTokens")) {
      throw new NotPermittedException("no token for you");
    }
    if (identity.name().equals("unlucky")) {
      throw new UnavailableException("no numbers left", Duration.ofSeconds(9), null);
    }
    if (request.description() != null) {
      throw new IllegalArgumentException("a numbered token has no description");
    }
    return new IssuedToken(
        "id-1",
        Secret.ofText("number-1"),
        request.expiresAt() == null ? Instant.parse("2030-01-01T00:00:00Z") : request.expiresAt());
  }
}
