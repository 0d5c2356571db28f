package io.sallyport.examples.manager;

import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** Jetty 12.1 with Servlet 6.0. */
final class JettyContainer implements Container {

  private final Server server;
  private final ServerConnector connector;

  private JettyContainer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  static Container start(
      ServletContainerInitializer application, int port, @Nullable SSLContext tls)
      throws Exception {
    var server = new Server();
    ServerConnector connector = connector(server, tls);
    connector.setHost(ADDRESS);
    connector.setPort(port);
    server.addConnector(connector);
    var context = new ServletContextHandler("/");
    context.addServletContainerInitializer(application);
    server.setHandler(context);
    var container = new JettyContainer(server, connector);
    try {
      server.start();
      return container;
    } catch (Exception e) {
      container.close();
      throw e;
    }
  }

  private static ServerConnector connector(Server server, @Nullable SSLContext tls) {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    if (tls == null) {
      return new ServerConnector(server, new HttpConnectionFactory(http));
    }
    var customizer = new SecureRequestCustomizer();
    // clients reach this server by its address, which is no server name
    customizer.setSniHostCheck(false);
    http.addCustomizer(customizer);
    var ssl = new SslContextFactory.Server();
    ssl.setSslContext(tls);
    return new ServerConnector(
        server, new SslConnectionFactory(ssl, "http/1.1"), new HttpConnectionFactory(http));
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    try {
      server.stop();
    } catch (Exception e) { // Jetty declares nothing narrower
      throw new IOException("Jetty did not stop", e);
    }
    server.destroy();
  }
}
