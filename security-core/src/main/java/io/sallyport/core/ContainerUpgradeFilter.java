package io.sallyport.core;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the filter by which Jetty answers web socket upgrades behind ours.
 *
 * <p>Jetty puts it before all other filters, whatever {@code web.xml} says, as soon as an endpoint is
 * registered and unless the application has that filter already. What it answers reaches nobody else. So
 * either it is there, and ours is mapped before it, or it is not, and the application gets it here, in
 * its proper place. Other containers put theirs last.
 */
final class ContainerUpgradeFilter {

  /** Jetty knows the filter by this name, which is the name of its class. */
  private static final List<String> NAMES = List.of(
      "org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter",
      "org.eclipse.jetty.ee11.websocket.servlet.WebSocketUpgradeFilter");

  private static final String BEHIND = "io.sallyport.core.ContainerUpgradeFilter.behind";

  private static final String MAPPED = "io.sallyport.core.ContainerUpgradeFilter.mapped";
  private static final String EVERYTHING = "/*";

  private ContainerUpgradeFilter() {}

  /** Puts it behind a filter of ours that {@code web.xml} has declared. */
  static void putBehindDeclared(ServletContext context, FilterRegistration ours) {
    if (find(context).isPresent()) {
      // seen twice by one request, ours decides the first time
      ours.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, EVERYTHING);
      context.setAttribute(MAPPED, true);
    }
    putBehind(context);
  }

  /** Puts it behind a filter of ours that was mapped in code, before all others. */
  static void putBehind(ServletContext context) {
    if (find(context).isEmpty()) {
      NAMES.stream().filter(name -> isThere(context, name)).forEach(name -> add(context, name));
    }
    context.setAttribute(BEHIND, true);
  }

  /** Refuses to start where upgrades would be answered before anything is decided. */
  static void check(ServletContext context) throws ServletException {
    Optional<String> before =
        context.getAttribute(BEHIND) == null ? find(context) : Optional.empty();
    if (before.isPresent()) {
      throw new ServletException("the container's filter " + before.get()
          + " answers web socket upgrades before Sallyport can decide on them; let the container run "
          + SallyportInitializer.class.getName()
          + ", or call Sallyport.register(context) instead of adding the filter yourself");
    }
  }

  /**
   * What the application has mapped our filter to, without the mapping that was added here; empty where
   * a container does not tell.
   */
  static Optional<List<String>> patterns(ServletContext context, FilterRegistration ours) {
    @Nullable Collection<String> all = ours.getUrlPatternMappings();
    if (all == null) {
      return Optional.empty();
    }
    List<String> patterns = new ArrayList<>(all);
    if (context.getAttribute(MAPPED) != null) {
      patterns.remove(EVERYTHING);
    }
    return Optional.of(patterns);
  }

  private static Optional<String> find(ServletContext context) {
    return context.getFilterRegistrations().values().stream()
        .map(FilterRegistration::getClassName)
        // a container need not know the class of a filter that was given to it ready made
        .filter(Objects::nonNull)
        .filter(NAMES::contains)
        .findFirst();
  }

  /** Jetty is no dependency of ours, and its web sockets are an option of Jetty. */
  private static boolean isThere(ServletContext context, String name) {
    try {
      Class.forName(name, false, context.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static void add(ServletContext context, String name) {
    FilterRegistration.Dynamic filter = context.addFilter(name, name);
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, EVERYTHING);
  }
}
