package io.sallyport.containers;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Nothing: the control by which one sees that the corpus finds a bypass where there is one. */
final class Unprotected implements Protection {

  @Override
  public void register(ServletContext context) {}

  @Override
  public Optional<String> tenant(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("X-Tenant"));
  }

  @Override
  public Optional<String> token(HttpServletRequest request) {
    return Optional.empty();
  }

  @Override
  public void close() {}
}
