package io.sallyport.core.internal.rules;

import io.sallyport.spi.AuthorizationProvider;
import io.sallyport.spi.AuthorizationProviderFactory;
import io.sallyport.spi.ConfigurationFiles.Reloadable;
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
    // without the setting, a problem is noted and what is made is thrown away: there is no file to
    // read
    return new RolesAuthorization(
        settings.has("path")
            ? context.files().load("roles configuration", path, RolesFile::read)
            : new NoFile());
  }

  private record NoFile() implements Reloadable<RolesFile> {
    @Override
    public RolesFile current() {
      return RolesFile.builder().build();
    }

    @Override
    public void close() {}
  }
}
