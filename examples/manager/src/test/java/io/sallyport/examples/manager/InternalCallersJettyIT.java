package io.sallyport.examples.manager;

class InternalCallersJettyIT extends InternalCallers {

  InternalCallersJettyIT() {
    super(Container.Kind.JETTY);
  }
}
