package io.sallyport.examples.webapp;

import static io.sallyport.examples.webapp.TestUsers.ALICE;
import static io.sallyport.examples.webapp.TestUsers.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.examples.webapp.TestUsers.TestUser;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forwards, includes and asynchronous dispatches are decided each on its own target. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DispatchTests {

  private static final String THROWN = "thrown=io.sallyport.core.DispatchDeniedException;";

  private Container container;
  private Browser browser;

  abstract Container start();

  @BeforeAll
  void deploy(@TempDir Path folder) throws Exception {
    WebappFolder webapp = WebappFolder.copyTo(folder.resolve("webapp"))
        .with(DispatchingServlet.class, TargetServlet.class)
        .write("WEB-INF/hidden.html", "a hidden page")
        .webXml(WebappFolder.filter("sallyport"), """
                <error-page>
                  <error-code>404</error-code>
                  <location>/admin/target</location>
                </error-page>
                """)
        .securityYaml(WebappFolder.configuration(
            "path: /open/**, access: open",
            "path: /account/**, access: authenticated",
            "path: /admin/**, roles: [admin]"));
    container = start();
    browser = new Browser(container.deploy(webapp.path()));
  }

  @AfterAll
  void stop() {
    container.close();
  }

  @Test
  void authenticatesAtTheForwardFromAnOpenPage() throws Exception {
    HttpResponse<String> bob = browser.get("/open/dispatch?how=forward&to=/account/target", BOB);

    assertThat(bob.statusCode()).isEqualTo(200);
    assertThat(bob.body()).isEqualTo("reached by bob, remoteUser=bob;");
  }

  @Test
  void answersADeniedForwardWith401AndNothingOfWhatWasThere() throws Exception {
    HttpResponse<String> nobody = browser.get("/open/dispatch?how=forward&to=/account/target");

    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(nobody.headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(nobody.headers().firstValue("Left-Over")).isEmpty();
    assertThat(nobody.body()).startsWith("{").doesNotContain("left over", "reached");
  }

  @Test
  void answersADeniedForwardWith403AndNothingOfWhatWasThere() throws Exception {
    int before = reached();

    HttpResponse<String> bob = browser.get("/account/dispatch?how=forward&to=/admin/target", BOB);

    assertThat(bob.statusCode()).isEqualTo(403);
    assertThat(bob.headers().firstValue("Left-Over")).isEmpty();
    assertThat(bob.body()).startsWith("{").doesNotContain("left over", "reached");
    assertThat(reached()).isEqualTo(before);
  }

  @Test
  void keepsTheCallerAcrossAForward() throws Exception {
    HttpResponse<String> alice =
        browser.get("/account/dispatch?how=forward&to=/admin/target", ALICE);

    assertThat(alice.body()).isEqualTo("reached by alice, remoteUser=alice;");
  }

  @Test
  void passesAForwardFromAClosedPageToAnOpenOne() throws Exception {
    HttpResponse<String> bob = browser.get("/account/dispatch?how=forward&to=/open/target", BOB);

    assertThat(bob.statusCode()).isEqualTo(200);
    assertThat(bob.body()).startsWith("reached by ");
  }

  @Test
  void includesWhatTheCallerMaySee() throws Exception {
    HttpResponse<String> bob = browser.get("/open/dispatch?how=include&to=/account/target", BOB);

    assertThat(bob.statusCode()).isEqualTo(200);
    assertThat(bob.body()).isEqualTo("left over;reached by bob, remoteUser=bob;unchanged=true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&commit=yes"})
  void throwsOutOfADeniedIncludeBeforeItsTargetRuns(String commit) throws Exception {
    int before = reached();

    HttpResponse<String> nobody =
        browser.get("/open/dispatch?how=include&to=/account/target" + commit);
    HttpResponse<String> bob =
        browser.get("/account/dispatch?how=include&to=/admin/target" + commit, BOB);

    assertThat(nobody.body()).isEqualTo("left over;" + THROWN);
    assertThat(bob.body()).isEqualTo("left over;" + THROWN);
    assertThat(reached()).isEqualTo(before);
  }

  @Test
  void keepsTheCallerInAnAsynchronousDispatch() throws Exception {
    HttpResponse<String> alice = browser.get("/account/dispatch?how=async&to=/admin/target", ALICE);

    assertThat(alice.statusCode()).isEqualTo(200);
    assertThat(alice.body()).endsWith("reached by alice, remoteUser=alice;");
  }

  @Test
  void answersADeniedAsynchronousDispatchWith401Or403() throws Exception {
    int before = reached();

    HttpResponse<String> nobody = browser.get("/open/dispatch?how=async&to=/account/target");
    HttpResponse<String> bob = browser.get("/account/dispatch?how=async&to=/admin/target", BOB);

    assertThat(nobody.statusCode()).isEqualTo(401);
    assertThat(bob.statusCode()).isEqualTo(403);
    assertThat(bob.body()).doesNotContain("left over");
    assertThat(reached()).isEqualTo(before);
  }

  @Test
  void stopsADeniedAsynchronousDispatchOfACommittedAnswerBeforeItsTarget() throws Exception {
    int before = reached();

    String received = bodyOrNothing("/account/dispatch?how=async&to=/admin/target&commit=yes", BOB);

    assertThat(received).doesNotContain("reached");
    assertThat(reached()).isEqualTo(before);
  }

  @Test
  void showsPagesBelowWebInfByForwardAndIncludeOnly() throws Exception {
    HttpResponse<String> forward =
        browser.get("/open/dispatch?how=forward&to=/WEB-INF/hidden.html");
    HttpResponse<String> include =
        browser.get("/open/dispatch?how=include&to=/WEB-INF/hidden.html");
    HttpResponse<String> direct = browser.get("/WEB-INF/hidden.html");

    assertThat(forward.body()).isEqualTo("a hidden page");
    assertThat(include.body()).startsWith("left over;a hidden page");
    assertThat(direct.statusCode()).isIn(401, 404);
    assertThat(direct.body()).doesNotContain("a hidden page");
  }

  @Test
  void keepsTheDecisionOfTheCallerInANamedDispatch() throws Exception {
    HttpResponse<String> bob = browser.get("/account/dispatch?how=named&to=target", BOB);

    assertThat(bob.statusCode()).isEqualTo(200);
    assertThat(bob.body()).endsWith("reached by bob, remoteUser=bob;");
  }

  @Test
  void letsTheContainerCallAnErrorPageThatItsCallerMayNotAskFor() throws Exception {
    HttpResponse<String> missing = browser.get("/open/missing");
    HttpResponse<String> direct = browser.get("/admin/target", BOB);

    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).isEqualTo("reached by nobody, remoteUser=null;");
    assertThat(direct.statusCode()).isEqualTo(403);
  }

  @Test
  void doesNotTakeADispatcherTypeOrATargetFromTheCaller() throws Exception {
    HttpResponse<String> answer =
        browser.get("/admin/target?jakarta.servlet.forward.servlet_path=/open/target");

    assertThat(answer.statusCode()).isEqualTo(401);
  }

  /** How a container ends an answer that it cannot take back is its own affair. */
  private String bodyOrNothing(String path, TestUser user) throws InterruptedException {
    try {
      return browser.get(path, user).body();
    } catch (IOException e) {
      return "";
    }
  }

  private int reached() throws IOException, InterruptedException {
    return Integer.parseInt(browser.get("/open/count").body());
  }
}
