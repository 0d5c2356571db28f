package io.sallyport.core.internal.http;

import io.sallyport.api.Identity;
import java.security.Principal;

/** The caller as the servlet API shows it. Equal if it is the same person. */
record CallerPrincipal(Identity identity) implements Principal {

  @Override
  public String getName() {
    return identity.name();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CallerPrincipal that
        && identity.store().equals(that.identity.store())
        && identity.id().equals(that.identity.id());
  }

  @Override
  public int hashCode() {
    return identity.id().hashCode();
  }

  @Override
  public String toString() {
    return identity.name();
  }
}
