package io.sallyport.examples.manager;

import io.sallyport.core.Sallyport;
import io.sallyport.spi.LoginAttempts;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.Map;

/** The running server: a container, and the security before its application. */
final class ManagerServer implements AutoCloseable {

  private final Sallyport sallyport;
  private final Container container;
  private final String url;

  private ManagerServer(Sallyport sallyport, Container container, String url) {
    this.sallyport = sallyport;
    this.container = container;
    this.url = url;
  }

  /**
   * Reads the configuration and starts.
   *
   * @throws io.sallyport.core.InvalidConfigurationException if the configuration cannot be used
   * @throws CannotStartException if the container cannot start; nothing is left running
   */
  static ManagerServer start(Path securityFile, Container.Kind kind, int port)
      throws CannotStartException {
    Sallyport sallyport = Sallyport.load(securityFile);
    try {
      var tls = sallyport.sslContext();
      Container container =
          Container.start(kind, new ManagerApplication(sallyport), port, tls.orElse(null));
      String scheme = tls.isPresent() ? "https" : "http";
      return new ManagerServer(
          sallyport, container, scheme + "://" + Container.ADDRESS + ":" + container.port());
    } catch (Exception e) { // containers declare nothing narrower
      sallyport.close();
      throw new CannotStartException(reason(e, port), e);
    }
  }

  private static String reason(Exception e, int port) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return "port " + port + " of " + Container.ADDRESS + " cannot be used ("
            + cause.getMessage()
            + "); stop what listens there, or choose another port: --port 0 takes a free one";
      }
    }
    return "the server did not start: " + e;
  }

  /** Where it answers, without a slash at the end. */
  String url() {
    return url;
  }

  /** Files whose present content cannot be used, each with the reason; the last good content is in force. */
  Map<Path, String> brokenFiles() {
    return sallyport.brokenFiles();
  }

  /** What counts failed logins here. */
  LoginAttempts loginAttempts() {
    return sallyport.loginAttempts();
  }

  /** First no more requests, then no more security. */
  @Override
  public void close() throws IOException {
    container.close();
    sallyport.close();
  }
}
