package io.sallyport.examples.webapp;

import java.util.List;
import java.util.stream.Stream;

/** Web sockets on Jetty, whose filter comes before those of the application. */
final class WebSocketJettyIT extends WebSocketTests {

  private static final String OURS = "io.sallyport.core.SallyportInitializer";
  private static final String JETTYS =
      "org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer";

  @Override
  Stream<Container> containers() {
    return Stream.of(
        new JettyContainer(),
        new JettyContainer(List.of(OURS, JETTYS, "*")),
        new JettyContainer(List.of(JETTYS, OURS, "*")));
  }
}
