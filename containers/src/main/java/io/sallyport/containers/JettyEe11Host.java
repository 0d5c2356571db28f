package io.sallyport.containers;

import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;

/** Jetty 12.1 with servlets of Jakarta EE 11. */
final class JettyEe11Host {

  private JettyEe11Host() {}

  public static void main(String[] args) throws Exception {
    Host.run((mode, application) -> JettyHost.start(mode, context(mode, application)), args);
  }

  private static ServletContextHandler context(Mode mode, HostApplication application) {
    ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
    errors.addErrorPage(418, Handler.ERROR_PAGE.mapping());
    errors.addErrorPage(Throwable.class, Handler.ERROR_PAGE.mapping());
    ServletContextHandler context =
        new ServletContextHandler(JettyHost.contextPath(mode), ServletContextHandler.NO_SESSIONS);
    context.setErrorHandler(errors);
    context.getServletHandler().setDecodeAmbiguousURIs(mode.lenient());
    context.addServletContainerInitializer(application);
    return context;
  }
}
