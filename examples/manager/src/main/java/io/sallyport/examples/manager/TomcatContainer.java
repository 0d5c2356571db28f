package io.sallyport.examples.manager;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;

/** Tomcat 10.1. */
final class TomcatContainer implements Container {

  // held on to: java.util.logging forgets the levels of loggers that nobody holds
  private static final Logger TOMCAT_LOG = Logger.getLogger("org.apache");

  private final Tomcat tomcat;
  private final Path folder;

  private TomcatContainer(Tomcat tomcat, Path folder) {
    this.tomcat = tomcat;
    this.folder = folder;
  }

  static Container start(
      ServletContainerInitializer application, int port, @Nullable SSLContext tls)
      throws Exception {
    TOMCAT_LOG.setLevel(Level.WARNING);
    // Tomcat wants a place of its own, even to keep nothing there
    Path folder = Files.createTempDirectory("sallyport-tomcat");
    var tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setConnector(connector(port, tls));
    Context context = context(tomcat, folder);
    var watched = new Watched(application);
    context.addServletContainerInitializer(watched, null);
    var container = new TomcatContainer(tomcat, folder);
    try {
      tomcat.start();
      watched.rethrow();
      // Tomcat starts without an application or a port that failed, and logs why
      if (context.getState() != LifecycleState.STARTED
          || tomcat.getConnector().getState() != LifecycleState.STARTED) {
        throw new LifecycleException("the application or its port did not start");
      }
      return container;
    } catch (Exception e) {
      container.close();
      throw e;
    }
  }

  private static Context context(Tomcat tomcat, Path folder) {
    var context = (StandardContext) tomcat.addContext("", folder.toString());
    // Tomcat cleans up after applications that it reloads, by looking into the JDK; this one ends
    // with it
    context.setClearReferencesObjectStreamClassCaches(false);
    context.setClearReferencesRmiTargets(false);
    context.setClearReferencesThreadLocals(false);
    return context;
  }

  private static Connector connector(int port, @Nullable SSLContext tls) {
    var connector = new Connector();
    connector.setPort(port);
    connector.setThrowOnFailure(true);
    connector.setProperty("address", ADDRESS);
    if (tls != null) {
      connector.setScheme("https");
      connector.setSecure(true);
      connector.setProperty("SSLEnabled", "true");
      connector.addSslHostConfig(hostConfig(tls));
    }
    return connector;
  }

  private static SSLHostConfig hostConfig(SSLContext tls) {
    var host = new SSLHostConfig();
    var certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setSslContext(new TomcatSslContext(tls));
    host.addCertificate(certificate);
    return host;
  }

  @Override
  public int port() {
    return ((AbstractProtocol<?>) tomcat.getConnector().getProtocolHandler()).getLocalPort();
  }

  @Override
  public void close() throws IOException {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IOException("Tomcat did not stop", e);
    }
    try (var left = Files.walk(folder)) {
      for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Remembers why the application did not start, since Tomcat only logs it. */
  private static final class Watched implements ServletContainerInitializer {

    private final ServletContainerInitializer application;
    private volatile @Nullable ServletException failure;

    Watched(ServletContainerInitializer application) {
      this.application = application;
    }

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context)
        throws ServletException {
      try {
        application.onStartup(classes, context);
      } catch (ServletException e) {
        failure = e;
        throw e;
      }
    }

    void rethrow() throws ServletException {
      if (failure != null) {
        throw failure;
      }
    }
  }
}
