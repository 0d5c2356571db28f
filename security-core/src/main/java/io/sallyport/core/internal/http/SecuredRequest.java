package io.sallyport.core.internal.http;

import io.sallyport.api.Decision;
import io.sallyport.api.Identity;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as the application sees it, with the caller that the decision names and no other. It keeps
 * them by itself, so that they are there in any thread, and for as long as anybody holds on to it, even
 * if the container uses the request below for somebody else.
 */
public final class SecuredRequest extends HttpServletRequestWrapper {

  private final @Nullable Decision decision;
  private final @Nullable Identity identity;
  private final @Nullable String tenant;
  private volatile @Nullable SecuredAsyncContext async;

  /**
   * Shows the caller of a decision to the application.
   *
   * @param decision null if none was made, so that there is nobody to show
   */
  public SecuredRequest(HttpServletRequest request, @Nullable Decision decision) {
    super(request);
    this.decision = decision;
    this.identity = decision == null ? null : decision.identity().orElse(null);
    this.tenant = decision == null ? null : decision.tenant().orElse(null);
  }

  /** The decision that let a request through, as the outermost of ours that it is made of has it. */
  public static Optional<Decision> decision(ServletRequest request) {
    SecuredRequest secured = outermost(request);
    return secured == null ? Optional.empty() : Optional.ofNullable(secured.decision);
  }

  private static @Nullable SecuredRequest outermost(ServletRequest request) {
    ServletRequest at = request;
    while (!(at instanceof SecuredRequest) && at instanceof ServletRequestWrapper wrapper) {
      at = wrapper.getRequest();
    }
    return at instanceof SecuredRequest secured ? secured : null;
  }

  /** The caller in another request, unless they are in it already. */
  HttpServletRequest in(HttpServletRequest request) {
    if (request == getRequest()) {
      return this;
    }
    SecuredRequest secured = outermost(request);
    return secured != null && Objects.equals(secured.identity, identity)
        ? request
        : new SecuredRequest(request, decision);
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

  @Override
  public AsyncContext startAsync() {
    return shown(super.startAsync());
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    return shown(super.startAsync(request, response));
  }

  @Override
  public AsyncContext getAsyncContext() {
    return shown(super.getAsyncContext());
  }

  private AsyncContext shown(AsyncContext context) {
    SecuredAsyncContext last = async;
    if (last == null || !last.isOf(context)) {
      last = new SecuredAsyncContext(context, this);
      async = last;
    }
    return last;
  }
}
