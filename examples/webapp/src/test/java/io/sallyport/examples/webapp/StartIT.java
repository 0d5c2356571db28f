package io.sallyport.examples.webapp;

/** Starts and stops on Tomcat. */
final class StartIT extends StartTests {

  @Override
  Container start() {
    return new TomcatContainer();
  }
}
