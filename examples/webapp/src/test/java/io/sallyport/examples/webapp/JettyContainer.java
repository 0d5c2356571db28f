package io.sallyport.examples.webapp;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** Jetty. */
final class JettyContainer implements Container {

  private static final String INITIALIZER_ORDER = "org.eclipse.jetty.containerInitializerOrder";

  private final Server server =
      new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  private final ContextHandlerCollection contexts = new ContextHandlerCollection(true);
  private final List<String> initializerOrder;
  private WebAppContext context;

  /** With Jetty's own order of initializers. */
  JettyContainer() {
    this(List.of());
  }

  /** With an order of initializers, as operators may set it. */
  JettyContainer(List<String> initializerOrder) {
    this.initializerOrder = initializerOrder;
    server.setHandler(contexts);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not start", e);
    }
  }

  @Override
  public URI deploy(Path webapp) throws NotStartedException {
    context = new WebAppContext(webapp.toString(), CONTEXT_PATH);
    context.setThrowUnavailableOnStartupException(true);
    if (!initializerOrder.isEmpty()) {
      context.setAttribute(INITIALIZER_ORDER, String.join(", ", initializerOrder));
    }
    contexts.addHandler(context);
    try {
      context.start();
    } catch (Exception e) {
      var told = new StringWriter();
      e.printStackTrace(new PrintWriter(told, true));
      throw new NotStartedException(told.toString());
    }
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return URI.create("http://127.0.0.1:" + port + CONTEXT_PATH);
  }

  @Override
  public String toString() {
    return "Jetty with initializers "
        + (initializerOrder.isEmpty() ? "as it likes" : initializerOrder);
  }

  @Override
  public void undeploy() {
    if (context == null) {
      return;
    }
    try {
      context.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the application did not stop", e);
    }
    contexts.removeHandler(context);
    context.destroy();
    context = null;
  }

  @Override
  public void close() {
    // added while the server was running, the application is not stopped with it
    undeploy();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("Jetty did not stop", e);
    }
  }
}
