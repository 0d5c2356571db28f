package io.sallyport.examples.manager;

class TomcatHttpIT extends HttpAnswers {

  TomcatHttpIT() {
    super(Container.Kind.TOMCAT);
  }
}
