package io.sallyport.core.internal.rules;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.Authorization;
import io.sallyport.api.Identity;
import io.sallyport.api.Target;
import io.sallyport.spi.AuthorizationProvider;
import io.sallyport.spi.ConfigurationFiles.Reloadable;
import org.jspecify.annotations.Nullable;

/** Decides by the roles of the caller and a roles file that is followed. */
public final class RolesAuthorization implements AuthorizationProvider {

  private final Reloadable<RolesFile> file;

  /**
   * Decides by a file.
   *
   * @param file the file, closed together with this
   */
  public RolesAuthorization(Reloadable<RolesFile> file) {
    this.file = requireNonNull(file, "file");
  }

  @Override
  public Authorization decide(Identity identity, @Nullable String tenant, Target target) {
    return file.current().decide(identity.heldRoles(tenant), identity.roles(tenant), target);
  }

  @Override
  public boolean mayDeny(Target target) {
    return file.current().mayDeny(target);
  }

  @Override
  public void close() {
    file.close();
  }
}
