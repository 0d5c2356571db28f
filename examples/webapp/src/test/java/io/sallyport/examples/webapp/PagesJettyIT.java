package io.sallyport.examples.webapp;

/** The shipped application on Jetty. */
final class PagesJettyIT extends PagesTests {

  @Override
  Container start() {
    return new JettyContainer();
  }
}
