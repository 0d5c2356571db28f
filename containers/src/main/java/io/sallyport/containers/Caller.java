package io.sallyport.containers;

import io.sallyport.api.Identity;
import io.sallyport.core.Sallyport;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who sent a request, by each way in which an application can ask. */
final class Caller {

  private Caller() {}

  /** One name if all agree, or what each of them says. */
  static String of(ServletRequest request) {
    HttpServletRequest http = (HttpServletRequest) request;
    String remote = encoded(http.getRemoteUser());
    String principal = encoded(
        Optional.ofNullable(http.getUserPrincipal()).map(Principal::getName).orElse(null));
    String identity = encoded(Sallyport.identity(request).map(Identity::name).orElse(null));
    return remote.equals(principal) && remote.equals(identity)
        ? remote
        : remote + "|" + principal + "|" + identity;
  }

  /** The name in a form that every charset has. */
  static String encoded(@Nullable String name) {
    return name == null ? "-" : URLEncoder.encode(name, StandardCharsets.UTF_8);
  }
}
