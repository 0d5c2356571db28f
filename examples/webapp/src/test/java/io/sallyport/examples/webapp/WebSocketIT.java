package io.sallyport.examples.webapp;

import java.util.stream.Stream;

/** Web sockets on Tomcat. */
final class WebSocketIT extends WebSocketTests {

  @Override
  Stream<Container> containers() {
    return Stream.of(new TomcatContainer());
  }
}
