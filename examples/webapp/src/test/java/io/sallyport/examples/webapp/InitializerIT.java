package io.sallyport.examples.webapp;

/** Secured by the initializer, on Tomcat. */
final class InitializerIT extends InitializerTests {

  @Override
  Container start() {
    return new TomcatContainer();
  }
}
