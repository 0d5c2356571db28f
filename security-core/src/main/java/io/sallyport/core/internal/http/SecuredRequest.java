package io.sallyport.core.internal.http;

import io.sallyport.api.Decision;
import io.sallyport.api.Identity;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request that was let through, with the caller that the decision names and no other. */
public final class SecuredRequest extends HttpServletRequestWrapper {

  private final @Nullable Identity identity;
  private final @Nullable String tenant;

  /** Shows the caller of a decision to the application. */
  public SecuredRequest(HttpServletRequest request, Decision decision) {
    super(request);
    this.identity = decision.identity().orElse(null);
    this.tenant = decision.tenant().orElse(null);
  }

  @Override
  public @Nullable Principal getUserPrincipal() {
    return identity == null ? null : new CallerPrincipal(identity);
  }

  @Override
  public @Nullable String getRemoteUser() {
    return identity == null ? null : identity.name();
  }

  @Override
  public @Nullable String getAuthType() {
    return identity == null ? null : identity.method().toUpperCase(Locale.ROOT);
  }

  @Override
  public boolean isUserInRole(String role) {
    return identity != null && identity.roles(tenant).contains(role);
  }

  @Override
  public boolean authenticate(HttpServletResponse response) {
    return identity != null;
  }

  @Override
  public void login(String username, String password) throws ServletException {
    throw new ServletException(
        "login() is not available: Sallyport authenticates each request by its own credentials");
  }

  @Override
  public void logout() throws ServletException {
    throw new ServletException(
        "logout() is not available: Sallyport keeps no session that could be ended");
  }
}
