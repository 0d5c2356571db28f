package io.sallyport.examples.webapp;

/** Starts and stops on Jetty. */
final class StartJettyIT extends StartTests {

  @Override
  Container start() {
    return new JettyContainer();
  }
}
