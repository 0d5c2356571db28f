package io.sallyport.examples.manager;

import io.sallyport.api.Profile;
import io.sallyport.core.Sallyport;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The application: four servlets behind the filter. They check nothing themselves; what reaches them was
 * allowed.
 */
final class ManagerApplication implements ServletContainerInitializer {

  private final Sallyport sallyport;

  ManagerApplication(Sallyport sallyport) {
    this.sallyport = sallyport;
  }

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context)
      throws ServletException {
    // this line is all that it takes: the filter before everything, and the tokens endpoint
    sallyport.register(context);

    Profile profile = sallyport.profile();
    add(context, "version", new VersionServlet(profile), "/version");
    add(context, "ok", new OkServlet(profile), "/ok");
    add(context, "status", new StatusServlet(profile), "/status");
    add(context, "blueprints", blueprints(profile), "/blueprints/*");
    // everything else: without this servlet the container would answer in HTML
    context.addServlet("nothing", new NothingServlet(profile)).addMapping("/");
  }

  private static HttpServlet blueprints(Profile profile) {
    return new BlueprintsServlet(profile, new Blueprints(), InstantSource.system());
  }

  private void add(ServletContext context, String name, HttpServlet servlet, String path)
      throws ServletException {
    String[] paths =
        prefixes(sallyport.profile()).stream().map(prefix -> prefix + path).toArray(String[]::new);
    Set<String> taken = context.addServlet(name, servlet).addMapping(paths);
    if (!taken.isEmpty()) {
      throw new ServletException(
          "the tokens endpoint is configured at " + taken + ", where this application has its own");
    }
  }

  /** Where clients of a generation look for resources. */
  private static List<String> prefixes(Profile profile) {
    return switch (profile) {
      case STANDARD -> List.of("");
      case CLOUDIFY_3 -> List.of("", Answers.V21);
      case CLOUDIFY_4 -> List.of("", "/api", "/api/v3.1");
    };
  }
}
