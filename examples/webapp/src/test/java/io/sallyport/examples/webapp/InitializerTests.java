package io.sallyport.examples.webapp;

/** The same application without the filter and the servlet in {@code web.xml}: its initializer adds both. */
abstract class InitializerTests extends PagesTests {

  @Override
  void prepare(WebappFolder webapp) {
    webapp.webXml("""
            <error-page>
              <error-code>404</error-code>
              <location>/not-found.html</location>
            </error-page>
            """).append("WEB-INF/security.yaml", "endpoints: {tokens: /tokens}\n");
  }
}
