package io.sallyport.examples.webapp;

/** A real browser before Jetty. */
final class BrowserJettyIT extends BrowserTests {

  @Override
  Container container() {
    return new JettyContainer();
  }
}
