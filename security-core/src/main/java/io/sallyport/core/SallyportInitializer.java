package io.sallyport.core;

import io.sallyport.api.Profile;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the filter before an application that has a configuration file and no filter of ours in its {@code
 * web.xml}. Containers find it by themselves. Where the application has put the filter into its {@code
 * web.xml}, it sees to it that the filter comes before the one by which Jetty answers web socket upgrades,
 * and does nothing else.
 *
 * <p>It does nothing where the context parameter {@value #SWITCH} is {@code off}, or where neither the
 * context parameter {@value SecurityFilter#CONTEXT_PARAMETER} nor {@code /WEB-INF/security.yaml} is there.
 *
 * @since 0.1
 */
public final class SallyportInitializer implements ServletContainerInitializer {

  /** The context parameter that turns it off. */
  public static final String SWITCH = "sallyport.initializer";

  private static final Logger LOG = LoggerFactory.getLogger(SallyportInitializer.class);
  private static final String FILTER = "sallyport";
  private static final String TOKENS = "sallyport-tokens";

  /** For containers. */
  public SallyportInitializer() {}

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context)
      throws ServletException {
    String on = context.getInitParameter(SWITCH);
    if (on != null && !on.equals("on") && !on.equals("off")) {
      throw new ServletException(
          "context parameter " + SWITCH + " = \"" + on + "\", expected on or off");
    }
    Optional<? extends FilterRegistration> declared = declaredFilter(context);
    if (declared.isPresent()) {
      ContainerUpgradeFilter.putBehindDeclared(context, declared.get());
      return;
    }
    if ("off".equals(on)) {
      return;
    }
    Optional<ConfigurationLocation> location = ConfigurationLocation.find(context);
    if (location.isEmpty()) {
      return;
    }
    Sallyport sallyport = location.get().load();
    context.addListener(new SallyportCloser(sallyport));
    register(context, sallyport);
    LOG.info("secured {} by {}: {}", name(context), location.get().file(), sallyport.summary());
  }

  /** The filter that the application has put into its own web.xml. */
  private static Optional<? extends FilterRegistration> declaredFilter(ServletContext context) {
    return context.getFilterRegistrations().values().stream()
        .filter(filter -> SecurityFilter.class.getName().equals(filter.getClassName()))
        .findFirst();
  }

  /**
   * Registers filter and endpoints, the filter before all others.
   *
   * @param context the application
   * @param sallyport what decides
   * @throws ServletException if there is a filter or servlet of the same name already
   */
  static void register(ServletContext context, Sallyport sallyport) throws ServletException {
    FilterRegistration.@Nullable Dynamic filter =
        context.addFilter(FILTER, new SecurityFilter(sallyport));
    if (filter == null) {
      throw new ServletException("another filter is called \"" + FILTER + "\"; rename it");
    }
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    ContainerUpgradeFilter.putBehind(context);
    TokenEndpoints endpoints = sallyport.endpoints();
    List<String> tokens = new ArrayList<>();
    for (TokenEndpoint endpoint : endpoints.tokens()) {
      tokens.add(endpoint.path());
      if (endpoint.form(sallyport.profile()) != Profile.CLOUDIFY_3) {
        tokens.add(endpoint.path() + "/*");
      }
    }
    serve(context, TOKENS, new TokensServlet(), tokens);
    serve(context, "sallyport-revocation", new TokenRevocationServlet(), endpoints.revocation());
    serve(
        context,
        "sallyport-introspection",
        new TokenIntrospectionServlet(),
        endpoints.introspection());
    serve(context, "sallyport-public-keys", new PublicKeysServlet(), endpoints.keys());
  }

  private static void serve(
      ServletContext context, String name, Servlet servlet, @Nullable String path)
      throws ServletException {
    serve(context, name, servlet, path == null ? List.of() : List.of(path));
  }

  private static void serve(
      ServletContext context, String name, Servlet servlet, List<String> paths)
      throws ServletException {
    if (paths.isEmpty()) {
      return;
    }
    ServletRegistration.@Nullable Dynamic registered = context.addServlet(name, servlet);
    if (registered == null) {
      throw new ServletException("another servlet is called \"" + name + "\"; rename it");
    }
    Set<String> taken = registered.addMapping(paths.toArray(String[]::new));
    if (!taken.isEmpty()) {
      throw new ServletException("the application has a servlet of its own on " + taken
          + "; move the endpoint, as with endpoints: {tokens: /another/path}");
    }
  }

  private static String name(ServletContext context) {
    return context.getContextPath().isEmpty() ? "/" : context.getContextPath();
  }
}
