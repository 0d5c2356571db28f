package io.sallyport.examples.webapp;

/** Dispatches on Jetty. */
final class DispatchJettyIT extends DispatchTests {

  @Override
  Container start() {
    return new JettyContainer();
  }
}
