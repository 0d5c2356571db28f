package io.sallyport.examples.manager;

import io.sallyport.core.Sallyport;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.apache.catalina.Valve;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** An application behind several ports of a real container, as an embedding host would put it there. */
final class SeveralPorts {

  // held on to: java.util.logging forgets the levels of loggers that nobody holds
  private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

  private final Sallyport sallyport;
  private final List<Port> ports = new ArrayList<>();
  private Valve valve;
  private ForwardedRequestCustomizer customizer;

  private SeveralPorts(Sallyport sallyport) {
    this.sallyport = sallyport;
  }

  private record Port(int number, String address, boolean tls, boolean clientCertificate) {}

  /** What runs. */
  interface Running {
    void stop() throws Exception;
  }

  static SeveralPorts securedBy(Sallyport sallyport) {
    return new SeveralPorts(sallyport);
  }

  /** Numbers that nobody listens on, outside of the range that the system hands out by itself. */
  static List<Integer> freePorts(int count) throws IOException {
    Set<Integer> free = new LinkedHashSet<>();
    Random random = new Random();
    while (free.size() < count) {
      int candidate = 12_000 + random.nextInt(18_000);
      try (var socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), candidate));
        free.add(candidate);
      } catch (java.net.BindException e) {
        // somebody does
      }
    }
    return List.copyOf(free);
  }

  SeveralPorts http(int port) {
    return http(port, "127.0.0.1");
  }

  SeveralPorts http(int port, String address) {
    ports.add(new Port(port, address, false, false));
    return this;
  }

  SeveralPorts https(int port) {
    ports.add(new Port(port, "127.0.0.1", true, false));
    return this;
  }

  SeveralPorts mutualTls(int port) {
    ports.add(new Port(port, "127.0.0.1", true, true));
    return this;
  }

  /** Tomcat takes addresses from header fields. */
  SeveralPorts with(Valve value) {
    valve = value;
    return this;
  }

  /** Jetty takes addresses from header fields. */
  SeveralPorts with(ForwardedRequestCustomizer value) {
    customizer = value;
    return this;
  }

  Running start(Container.Kind kind) throws Exception {
    return kind == Container.Kind.TOMCAT ? startTomcat() : startJetty();
  }

  private Running startTomcat() throws Exception {
    TOMCAT_LOG.setLevel(Level.WARNING);
    Path folder = Files.createTempDirectory("sallyport-tomcat");
    var tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    ports.forEach(port -> tomcat.getService().addConnector(connector(port)));
    if (valve != null) {
      tomcat.getEngine().getPipeline().addValve(valve);
    }
    var context =
        (org.apache.catalina.core.StandardContext) tomcat.addContext("", folder.toString());
    context.setClearReferencesObjectStreamClassCaches(false);
    context.setClearReferencesRmiTargets(false);
    context.setClearReferencesThreadLocals(false);
    context.addServletContainerInitializer(new Application(sallyport), null);
    tomcat.start();
    return () -> {
      tomcat.stop();
      tomcat.destroy();
      sallyport.close();
    };
  }

  private Connector connector(Port port) {
    var connector = new Connector();
    connector.setPort(port.number());
    connector.setThrowOnFailure(true);
    connector.setProperty("address", port.address());
    if (port.tls()) {
      connector.setScheme("https");
      connector.setSecure(true);
      connector.setProperty("SSLEnabled", "true");
      var host = new SSLHostConfig();
      var certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
      certificate.setSslContext(new TomcatSslContext(tls()));
      host.addCertificate(certificate);
      host.setCertificateVerification(port.clientCertificate() ? "required" : "none");
      connector.addSslHostConfig(host);
    }
    return connector;
  }

  private SSLContext tls() {
    return sallyport.sslContext().orElseThrow();
  }

  private Running startJetty() throws Exception {
    var server = new Server();
    for (Port port : ports) {
      ServerConnector connector = connector(server, port);
      connector.setHost(port.address());
      connector.setPort(port.number());
      server.addConnector(connector);
    }
    var context = new ServletContextHandler("/");
    context.addServletContainerInitializer(new Application(sallyport));
    server.setHandler(context);
    server.start();
    return () -> {
      server.stop();
      sallyport.close();
    };
  }

  private ServerConnector connector(Server server, Port port) {
    var http = new HttpConfiguration();
    if (customizer != null) {
      http.addCustomizer(customizer);
    }
    if (!port.tls()) {
      return new ServerConnector(server, new HttpConnectionFactory(http));
    }
    var secure = new SecureRequestCustomizer();
    secure.setSniHostCheck(false);
    http.addCustomizer(secure);
    var ssl = new SslContextFactory.Server();
    ssl.setSslContext(tls());
    ssl.setNeedClientAuth(port.clientCertificate());
    return new ServerConnector(
        server, new SslConnectionFactory(ssl, "http/1.1"), new HttpConnectionFactory(http));
  }

  /** Tells who reached what; below /dispatch it hands the request on. */
  private record Application(Sallyport sallyport) implements ServletContainerInitializer {

    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) throws ServletException {
      sallyport.register(context);
      ServletRegistration.Dynamic servlet = context.addServlet("caller", new CallerServlet());
      servlet.setAsyncSupported(true);
      servlet.addMapping("/*");
    }
  }

  private static final class CallerServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      String how = request.getParameter("how");
      String to = "/target";
      if (request.getParameter("certificate") != null) {
        boolean there = request.getAttribute("jakarta.servlet.request.X509Certificate") != null;
        response.getWriter().print(there ? "a certificate" : "no certificate");
        return;
      }
      if (how == null || request.getAttribute("handed on") != null) {
        Principal caller = request.getUserPrincipal();
        response.getWriter().print("reached by " + (caller == null ? "nobody" : caller.getName()));
        return;
      }
      request.setAttribute("handed on", true);
      switch (how) {
        case "forward" -> request.getRequestDispatcher(to).forward(request, response);
        case "include" -> request.getRequestDispatcher(to).include(request, response);
        default -> {
          AsyncContext async = request.startAsync();
          async.dispatch(to);
        }
      }
    }
  }
}
