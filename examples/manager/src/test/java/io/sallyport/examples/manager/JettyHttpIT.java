package io.sallyport.examples.manager;

class JettyHttpIT extends HttpAnswers {

  JettyHttpIT() {
    super(Container.Kind.JETTY);
  }
}
