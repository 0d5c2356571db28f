package io.sallyport.examples.manager;

import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A servlet container inside this process, which listens on 127.0.0.1 only. */
interface Container extends AutoCloseable {

  /** The only address that this example listens on. */
  String ADDRESS = "127.0.0.1";

  /** Which containers there are. */
  enum Kind {
    TOMCAT,
    JETTY
  }

  /**
   * Starts a container with one application at its root.
   *
   * @param port 0 for any free one
   * @param tls null for plain HTTP
   * @throws Exception if the port is taken or the application refuses to start; nothing is left running
   */
  static Container start(
      Kind kind, ServletContainerInitializer application, int port, @Nullable SSLContext tls)
      throws Exception {
    return switch (kind) {
      case TOMCAT -> TomcatContainer.start(application, port, tls);
      case JETTY -> JettyContainer.start(application, port, tls);
    };
  }

  /** The port that it listens on. */
  int port();

  /**
   * Stops it.
   *
   * @throws IOException if it does not stop cleanly
   */
  @Override
  void close() throws IOException;
}
