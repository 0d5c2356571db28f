package io.sallyport.examples.webapp;

import static io.sallyport.examples.webapp.TestUsers.BOB;
import static io.sallyport.examples.webapp.WebappFolder.contextParameter;
import static io.sallyport.examples.webapp.WebappFolder.filter;
import static io.sallyport.examples.webapp.WebappFolder.listener;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.examples.webapp.Container.NotStartedException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When an application comes up and when it does not; in no case anything is left of it afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StartTests {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final String RULE = "path: /**, access: authenticated";

  private Container container;
  private WebappFolder webapp;

  abstract Container start();

  @BeforeAll
  void startContainer() {
    container = start();
  }

  @AfterAll
  void stopContainer() {
    container.close();
  }

  @BeforeEach
  void copy(@TempDir Path folder) {
    webapp = WebappFolder.copyTo(folder.resolve("webapp"))
        .with(IdentityServlet.class)
        .securityYaml(WebappFolder.configuration(RULE));
  }

  @AfterEach
  void undeploy() {
    container.undeploy();
    awaitNoThreads();
  }

  @Test
  void refusesASecondFilterInWebXml() {
    webapp.webXml(filter("first"), filter("second"));

    assertDoesNotStart()
        .hasMessageMatching("(?s).*filter \"(first|second)\" is a second Sallyport filter.*")
        .hasMessageContaining("one decides for all: remove the other");
  }

  @Test
  void refusesAFilterAddedInCodeBesidesTheOneInWebXml() {
    webapp.webXml(filter("declared"), listener(SecondFilter.class)).with(SecondFilter.class);

    assertDoesNotStart()
        .hasMessageMatching("(?s).*filter \"(declared|added-in-code)\" is a second Sallyport.*");
  }

  @Test
  void refusesAFilterAddedInCodeBesidesTheOneOfTheInitializer() {
    webapp.webXml(listener(SecondFilter.class)).with(SecondFilter.class);

    assertDoesNotStart()
        .hasMessageContaining("is a second Sallyport filter")
        .hasMessageContaining("sallyport.initializer = off");
  }

  @Test
  void leavesTheFilterOfWebXmlAloneAndAddsNone() throws Exception {
    webapp.webXml(filter("declared"));

    Browser browser = deploy();

    assertThat(browser.get("/identity").statusCode()).isEqualTo(401);
    assertThat(browser.get("/identity", BOB).body()).isEqualTo("decided: true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/account/*", "*.do", "/"})
  void refusesAFilterThatWouldNotSeeEveryPath(String pattern) {
    webapp.webXml(filter("sallyport", pattern));

    assertDoesNotStart()
        .hasMessageContaining("\"sallyport\" is mapped to [" + pattern + "]")
        .hasMessageContaining("map it to /*");
  }

  @Test
  void refusesAFilterThatIsMappedToAServletAlone() {
    webapp.webXml(filter("sallyport")
        .replace("<url-pattern>/*</url-pattern>", "<servlet-name>default</servlet-name>"));

    assertDoesNotStart().hasMessageContaining("\"sallyport\" is mapped to []");
  }

  @Test
  void refusesAFilterThatIsMappedToNothing() {
    String filter = filter("sallyport");
    webapp.webXml(filter.substring(0, filter.indexOf("<filter-mapping>")));

    assertDoesNotStart().hasMessageContaining("\"sallyport\" is mapped to []");
  }

  @Test
  void securesNothingWhereTheInitializerIsOff() throws Exception {
    webapp.webXml(contextParameter("sallyport.initializer", "off"));

    Browser browser = deploy();

    assertThat(browser.get("/account").statusCode()).isEqualTo(200);
    assertThat(browser.get("/identity").body()).contains("map its filter to /*");
  }

  @Test
  void keepsTheFilterOfWebXmlWhereTheInitializerIsOff() throws Exception {
    webapp.webXml(contextParameter("sallyport.initializer", "off"), filter("declared"));

    Browser browser = deploy();

    assertThat(browser.get("/identity").statusCode()).isEqualTo(401);
    assertThat(browser.echo("/echo", null, "hello")).isEqualTo("401");
    assertThat(browser.echo("/echo", BOB.basic(), "hello")).isEqualTo("hello");
  }

  @Test
  void refusesASwitchThatIsNeitherOnNorOff() {
    webapp.webXml(contextParameter("sallyport.initializer", "false"));

    assertDoesNotStart()
        .hasMessageContaining("sallyport.initializer = \"false\", expected on or off");
  }

  @Test
  void securesNothingWithoutAConfigurationAndAFilter() throws Exception {
    webapp.webXml().without("WEB-INF/security.yaml");

    Browser browser = deploy();

    assertThat(browser.get("/account").statusCode()).isEqualTo(200);
    assertThat(browser.get("/identity").body()).contains("map its filter to /*");
  }

  @Test
  void refusesAFilterWithoutAConfiguration() {
    webapp.webXml(filter("sallyport")).without("WEB-INF/security.yaml");

    assertDoesNotStart()
        .hasMessageContaining("no configuration for Sallyport")
        .hasMessageContaining("/WEB-INF/security.yaml");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsTheConfigurationThatAContextParameterNames(boolean declared, @TempDir Path outside)
      throws Exception {
    Path file = outside.resolve("security.yaml");
    Files.writeString(outside.resolve("users.yaml"), TestUsers.yaml(""));
    Files.writeString(file, """
        version: 1
        userstore: {implementation: file, properties: {path: users.yaml}}
        authentication_providers: [{name: password, implementation: password}]
        rules: [{path: /identity, access: authenticated}]
        """);
    webapp
        .webXml(
            contextParameter("sallyport.config", file.toString()),
            declared ? filter("sallyport") : "")
        .without("WEB-INF/security.yaml");

    Browser browser = deploy();

    assertThat(browser.get("/identity").statusCode()).isEqualTo(401);
    assertThat(browser.get("/identity", BOB).body()).isEqualTo("decided: true");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void listsAllProblemsOfABrokenConfiguration(boolean declared) {
    webapp.webXml(declared ? filter("sallyport") : "").securityYaml("""
            version: 1
            userstore: {implementation: file, properties: {path: missing-users.yaml}}
            authentication_providers: [{name: password, implementation: pasword}]
            rules:
              - {path: no-slash, access: open}
            open_endpoint: [GET /x]
            """);

    assertDoesNotStart()
        .hasMessageContaining("the application was not started")
        .hasMessageContaining("security.yaml")
        .hasMessageContaining("missing-users")
        .hasMessageContaining("pasword")
        .hasMessageContaining("no-slash")
        .hasMessageContaining("open_endpoint");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void leavesNoThreadBehindAndStartsAgain(boolean declared, @TempDir Path outside)
      throws Exception {
    Files.writeString(outside.resolve("users.yaml"), TestUsers.yaml(""));
    Path audit = outside.resolve("audit.log");
    webapp.webXml(declared ? filter("sallyport") : "").securityYaml("""
            version: 1
            userstore: {implementation: file, properties: {path: "%s/users.yaml"}}
            authentication_providers: [{name: password, implementation: password}]
            rules: [{path: /identity, access: authenticated}]
            audit: {file: "%s"}
            """.formatted(outside, audit));

    for (int round = 0; round < 3; round++) {
      Browser browser = deploy();
      assertThat(browser.get("/identity", BOB).body()).isEqualTo("decided: true");
      assertThat(threads()).isNotEmpty();
      container.undeploy();
      awaitNoThreads();
    }

    assertThat(Files.readAllLines(audit)).hasSize(3);
  }

  private Browser deploy() throws NotStartedException {
    URI address = container.deploy(webapp.path());
    return new Browser(address);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertDoesNotStart() {
    var refusal =
        catchThrowableOfType(NotStartedException.class, () -> container.deploy(webapp.path()));
    return assertThat(refusal).isNotNull();
  }

  /** A thread of the container may be on its way out of our code still, and lives on after that. */
  private static void awaitNoThreads() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<Thread> left = threads();
    while (!left.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE.toNanos());
      left = threads();
    }
    assertThat(left).isEmpty();
  }

  /** Threads of the library: by their names, or since they run its code. */
  private static List<Thread> threads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> entry.getKey().getName().startsWith("sallyport")
            || Stream.of(entry.getValue())
                .anyMatch(frame -> frame.getClassName().startsWith("io.sallyport.")
                    && !frame.getClassName().startsWith("io.sallyport.examples")))
        .map(Map.Entry::getKey)
        .toList();
  }
}
