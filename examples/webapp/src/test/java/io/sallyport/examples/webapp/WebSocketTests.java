package io.sallyport.examples.webapp;

import static io.sallyport.examples.webapp.TestUsers.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Containers answer web socket upgrades in filters of their own: ours must come before them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WebSocketTests {

  private static final String ANNOTATED =
      "WEB-INF/classes/io/sallyport/examples/webapp/EchoEndpoint.class";

  /** The containers, in each order in which they may run initializers. */
  abstract Stream<Container> containers();

  Stream<Arguments> cases() {
    return Stream.of(true, false)
        .flatMap(declared -> Stream.of("/echo", "/late")
            .flatMap(
                path -> containers().map(container -> Arguments.of(declared, path, container))));
  }

  @ParameterizedTest(name = "filter in web.xml: {0}, endpoint {1}, {2}", autoCloseArguments = false)
  @MethodSource("cases")
  void opensOnlyForWhoHasCredentials(
      boolean declared, String path, Container container, @TempDir Path folder) throws Exception {
    WebappFolder webapp = WebappFolder.copyTo(folder.resolve("webapp"))
        .webXml(
            declared ? WebappFolder.filter("sallyport") : "",
            path.equals("/late") ? WebappFolder.listener(LateEndpoint.class) : "")
        .securityYaml(WebappFolder.configuration("path: " + path + ", access: authenticated"));
    if (path.equals("/late")) {
      webapp.with(LateEndpoint.class, ProgrammaticEcho.class).without(ANNOTATED);
    }
    try (container) {
      var browser = new Browser(container.deploy(webapp.path()));

      assertThat(browser.echo(path, null, "hello")).isEqualTo("401");
      assertThat(browser.echo(path, "Basic bm9ib2R5Om5vdGhpbmc=", "hello")).isEqualTo("401");
      assertThat(browser.echo(path, BOB.basic(), "hello")).isEqualTo("hello");
    }
  }
}
