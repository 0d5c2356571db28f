package io.sallyport.core;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before every endpoint of an application and lets through what {@link Sallyport} allows.
 *
 * <p>Map it to {@code /*} for all dispatcher types, before every other filter, with asynchronous support.
 * One instance decides for an application; a second one refuses to start. Made by a container, it reads
 * the file that its init parameter {@value #CONFIG_PARAMETER} names, or else the context parameter
 * {@value #CONTEXT_PARAMETER}, or else {@code /WEB-INF/security.yaml}.
 *
 * <p><b>Threads.</b> Safe for all requests at once. The identity lives in the request.
 *
 * @since 0.1
 */
public final class SecurityFilter implements Filter {

  /** The init parameter that names the configuration file. */
  public static final String CONFIG_PARAMETER = "config";

  /** The context parameter that names the configuration file. */
  public static final String CONTEXT_PARAMETER = "sallyport.config";

  static final String MARK = "io.sallyport.core.SecurityFilter";

  private static final Logger LOG = LoggerFactory.getLogger(SecurityFilter.class);

  private final @Nullable Sallyport given;
  private @Nullable Sallyport sallyport;

  /** For containers: reads its configuration when it is started. */
  public SecurityFilter() {
    this.given = null;
  }

  /**
   * For applications that build their security in Java.
   *
   * @param sallyport what decides; its owner closes it
   */
  public SecurityFilter(Sallyport sallyport) {
    this.given = requireNonNull(sallyport, "sallyport");
  }

  /**
   * Starts the filter.
   *
   * @throws ServletException if the configuration cannot be used, if another filter of ours decides
   *     already, or if this one does not see every path: the application must not start
   */
  @Override
  public void init(FilterConfig config) throws ServletException {
    ServletContext context = config.getServletContext();
    if (context.getAttribute(MARK) != null) {
      throw new ServletException("filter \"" + config.getFilterName()
          + "\" is a second Sallyport filter in this application;"
          + " one decides for all: remove the other, or turn the initializer off with the context"
          + " parameter " + SallyportInitializer.SWITCH + " = off");
    }
    checkMapping(config, context);
    ContainerUpgradeFilter.check(context);
    sallyport = given != null ? given : ConfigurationLocation.of(config).load();
    context.setAttribute(MARK, sallyport);
    warnOfUnservedEndpoints(sallyport, context);
  }

  private static void warnOfUnservedEndpoints(Sallyport sallyport, ServletContext context) {
    TokenEndpoints endpoints = sallyport.endpoints();
    if (!endpoints.tokens().isEmpty()) {
      warnIfUnserved("tokens", TokensServlet.class, context);
    }
    if (endpoints.revocation() != null) {
      warnIfUnserved("token_revocation", TokenRevocationServlet.class, context);
    }
    if (endpoints.introspection() != null) {
      warnIfUnserved("token_introspection", TokenIntrospectionServlet.class, context);
    }
    if (endpoints.keys() != null) {
      warnIfUnserved("jwks", PublicKeysServlet.class, context);
    }
  }

  private static void warnIfUnserved(String key, Class<?> servlet, ServletContext context) {
    boolean served = context.getServletRegistrations().values().stream()
        .anyMatch(registered -> servlet.getName().equals(registered.getClassName()));
    if (!served) {
      LOG.warn(
          "endpoints: {} is configured and nothing serves it: map {} in web.xml",
          key,
          servlet.getName());
    }
  }

  private static void checkMapping(FilterConfig config, ServletContext context)
      throws ServletException {
    var registration = context.getFilterRegistration(config.getFilterName());
    Optional<List<String>> patterns = Optional.ofNullable(registration)
        .flatMap(ours -> ContainerUpgradeFilter.patterns(context, ours));
    if (patterns.isPresent() && !patterns.get().contains("/*")) {
      throw new ServletException("filter \"" + config.getFilterName() + "\" is mapped to "
          + patterns.get()
          + " and would not see every request; map it to /* and open paths in the configuration");
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)
        || !(response instanceof HttpServletResponse answer)) {
      throw new ServletException(
          "Sallyport secures HTTP requests, got " + request.getClass().getName());
    }
    Sallyport security = sallyport;
    if (security == null) {
      throw new ServletException("the Sallyport filter was not started");
    }
    FilterPass.run(security, http, answer, chain);
  }

  @Override
  public void destroy() {
    if (given == null && sallyport != null) {
      sallyport.close();
    }
    sallyport = null;
  }
}
