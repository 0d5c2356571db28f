package io.sallyport.examples.manager;

class InternalCallersTomcatIT extends InternalCallers {

  InternalCallersTomcatIT() {
    super(Container.Kind.TOMCAT);
  }
}
