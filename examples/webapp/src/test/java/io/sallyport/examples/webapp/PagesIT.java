package io.sallyport.examples.webapp;

/** The shipped application on Tomcat. */
final class PagesIT extends PagesTests {

  @Override
  Container start() {
    return new TomcatContainer();
  }
}
