package io.sallyport.examples.webapp;

/** Secured by the initializer, on Jetty. */
final class InitializerJettyIT extends InitializerTests {

  @Override
  Container start() {
    return new JettyContainer();
  }
}
