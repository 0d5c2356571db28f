package io.sallyport.core.internal.rules;

import io.sallyport.spi.AuthorizationProvider;
import io.sallyport.spi.AuthorizationProviderFactory;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import java.nio.file.Path;

/** Makes the authorization provider {@code roles}, whose property {@code path} names the roles file. */
public final class RolesAuthorizationFactory implements AuthorizationProviderFactory {

  /** For {@link java.util.ServiceLoader}. */
  public RolesAuthorizationFactory() {}

  @Override
  public String name() {
    return "roles";
  }

  @Override
  public AuthorizationProvider create(Settings settings, ProviderContext context) {
    Path path = settings.file("path");
    return new RolesAuthorization(
        context.files().load("roles configuration", path, RolesFile::read));
  }
}
