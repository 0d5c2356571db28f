package io.sallyport.containers;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts the protection and the handlers into a servlet context. */
final class HostApplication implements ServletContainerInitializer {

  /** Below rules of the contract: an open one, one for every user, one for administrators. */
  private static final List<String> EXERCISES =
      List.of("/public/exercise/*", "/api/exercise/*", "/admin/exercise/*", "/WEB-INF/exercise/*");

  private final Protection protection;
  private final Consumer<ServletContext> servlets;

  private HostApplication(Protection protection, Consumer<ServletContext> servlets) {
    this.protection = protection;
    this.servlets = servlets;
  }

  /** The application of the corpus. */
  static HostApplication ofHandlers(Protection protection, boolean front) {
    Reached reached = new Reached(new Answer(protection));
    if (front) {
      return new HostApplication(
          protection, context -> add(context, "front", new FrontServlet(reached), "/"));
    }
    return new HostApplication(protection, context -> addAll(context, reached));
  }

  private static void addAll(ServletContext context, Reached reached) {
    for (Handler handler : Handler.values()) {
      add(context, handler.label(), new HandlerServlet(reached, handler), handler.mapping());
    }
    for (String place : EXERCISES) {
      add(context, "exercise " + place, new ExerciseServlet(), place);
    }
  }

  /** The application of the differential test. */
  static HostApplication ofPlaces(Protection protection) {
    return new HostApplication(protection, context -> {
      for (Place place : Place.values()) {
        add(context, place.name(), new PlaceServlet(place), place.mapping());
      }
    });
  }

  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context)
      throws ServletException {
    protection.register(context);
    servlets.accept(context);
  }

  private static void add(ServletContext context, String name, Servlet servlet, String mapping) {
    ServletRegistration.Dynamic registration = context.addServlet(name, servlet);
    registration.setAsyncSupported(true);
    Set<String> taken = registration.addMapping(mapping);
    if (!taken.isEmpty()) {
      throw new IllegalStateException("the container has a servlet of its own on " + taken);
    }
  }
}
