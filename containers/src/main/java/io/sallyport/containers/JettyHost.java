package io.sallyport.containers;

import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** What Jetty 12.0 and 12.1 do alike for every version of the servlet API. */
final class JettyHost {

  private JettyHost() {}

  static int start(Mode mode, Handler context) throws Exception {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    if (mode.lenient()) {
      http.setUriCompliance(UriCompliance.UNSAFE);
    }
    QueuedThreadPool threads = new QueuedThreadPool();
    VirtualThreads.asked().ifPresent(threads::setVirtualThreadsExecutor);
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(context);
    server.start();
    return connector.getLocalPort();
  }

  static String contextPath(Mode mode) {
    return mode.contextPath().isEmpty() ? "/" : mode.contextPath();
  }
}
