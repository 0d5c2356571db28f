package io.sallyport.examples.webapp;

/** A real browser before Tomcat. */
final class BrowserIT extends BrowserTests {

  @Override
  Container container() {
    return new TomcatContainer();
  }
}
