package io.sallyport.examples.webapp;

/** Dispatches on Tomcat. */
final class DispatchIT extends DispatchTests {

  @Override
  Container start() {
    return new TomcatContainer();
  }
}
