package io.sallyport.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a request that an application hands on, on every container. */
@ParameterizedClass(name = "{0}")
@EnumSource
class DispatchIT {

  private static final String ALICE = RawClient.basic("alice", "alice-Pass-1");
  private static final String ROOT = RawClient.basic("root", "root-Pass-3");

  private static HostProcess host;

  @Parameter
  Container container;

  @BeforeParameterizedClassInvocation
  static void start(Container container) throws IOException {
    host = HostProcess.secured(container, Mode.DEFAULT, HostFolder.make(container + "-dispatch"));
  }

  @AfterParameterizedClassInvocation
  static void stop() throws IOException {
    host.close();
  }

  private static RawAnswer get(String target, String... fields) throws IOException {
    return RawClient.once(host.port(), "GET", target, fields);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/exercise/bare, later alice",
    "/api/exercise/asked, later alice",
    "/api/exercise/own, later alice",
    "/api/exercise/kept, later alice",
    "/api/exercise/late, late alice alice",
    "/api/exercise/again, ASYNC alice;",
    "/api/exercise/async?to=/api/exercise/x, ASYNC alice;",
    "/public/exercise/forward?to=/api/exercise/bare-x, FORWARD alice;",
    "/public/exercise/include?to=/api/exercise/x, left over;INCLUDE alice;",
    "/public/exercise/async?to=/api/exercise/x, ASYNC alice;",
    "/api/exercise/forward?to=/public/exercise/x, FORWARD alice;",
    "/api/exercise/forward?to=/WEB-INF/exercise/x, FORWARD alice;",
    "/api/exercise/include?to=/WEB-INF/exercise/x, left over;INCLUDE alice;",
    "/public/exercise/bare, later -",
    "/public/exercise/late, late - -",
  })
  void theCallerIsThereInEveryDispatchAndThread(String target, String expected) throws IOException {
    RawAnswer answer = get(target, ALICE);

    assertThat(answer.body()).isEqualTo(expected);
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void aForwardThatIncludesWhatGoesAsynchronousIsDecidedOnThreeTimes() throws IOException {
    String target = "/public/exercise/nested?to=/api/exercise/nested-async&last=";

    assertThat(get(target + "/api/exercise/x", ALICE).body()).endsWith("ASYNC alice;");
    assertThat(get(target + "/admin/exercise/x", ROOT).body()).endsWith("ASYNC root;");
    assertThat(get(target + "/admin/exercise/x", ALICE).status()).isEqualTo(403);
    assertThat(get(target + "/api/exercise/x").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"forward", "include", "async", "async-own"})
  void deniedOnTheWayIsDenied(String how) throws IOException {
    RawAnswer nobody = get("/public/exercise/" + how + "?to=/api/exercise/x");
    RawAnswer alice = get("/api/exercise/" + how + "?to=/admin/exercise/x", ALICE);

    assertThat(nobody.status()).isEqualTo(401);
    assertThat(nobody.field("WWW-Authenticate")).isNotEmpty();
    assertThat(alice.status()).isEqualTo(403);
    for (RawAnswer answer : new RawAnswer[] {nobody, alice}) {
      assertThat(answer.field("Left-Over")).isEmpty();
      // Undertow's reset() leaves cookies alone, and the servlet API has no other way
      assertThat(answer.field("Set-Cookie"))
          .hasSizeLessThanOrEqualTo(container == Container.UNDERTOW_2_3 ? 1 : 0);
      assertThat(answer.field("Sallyport-Decision")).hasSize(1);
      assertThat(answer.body()).startsWith("{\"type\":").doesNotContain("left over");
    }
  }

  @Test
  void headIsDeniedOnTheWayAsGetIs() throws IOException {
    RawAnswer denied =
        RawClient.once(host.port(), "HEAD", "/api/exercise/forward?to=/admin/exercise/x", ALICE);
    RawAnswer allowed =
        RawClient.once(host.port(), "HEAD", "/api/exercise/forward?to=/admin/exercise/x", ROOT);

    assertThat(denied.status()).isEqualTo(403);
    assertThat(allowed.status()).isEqualTo(200);
  }

  /** What was sent is sent; nothing more comes, and no trace of a stack. */
  @Test
  void aCommittedAnswerEndsBeforeTheDeniedTarget() throws IOException {
    RawAnswer answer = get("/api/exercise/include-committed?to=/admin/exercise/x", ALICE);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).startsWith("left over;").doesNotContain("INCLUDE", "\tat ");
  }

  @Test
  void aNamedDispatchKeepsItsCallersDecision() throws IOException {
    RawAnswer answer = get("/api/exercise/named?to=exercise%20/admin/exercise/*", ALICE);

    assertThat(answer.body()).isEqualTo("FORWARD alice;");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 418})
  void aStatusOfTheApplicationComesThrough(int status) throws IOException {
    assertThat(get("/api/exercise/error?to=" + status, ALICE).status()).isEqualTo(status);
  }

  @Test
  void anErrorPageIsForTheContainerToShowAndKnowsTheCaller() throws IOException {
    RawAnswer shown = get("/api/exercise/error?to=418", ALICE);
    RawAnswer thrown = get("/api/exercise/thrown", ALICE);

    assertThat(shown.status()).isEqualTo(418);
    assertThat(shown.body()).startsWith("REACHED errorpage user=alice");
    assertThat(thrown.status()).isEqualTo(500);
    assertThat(thrown.body()).startsWith("REACHED errorpage user=alice");
    assertThat(get("/error").status()).isEqualTo(401);
    assertThat(get("/error", ROOT).status()).isEqualTo(403);
    assertThat(get("/public/exercise/forward?to=/error", ROOT).status()).isEqualTo(403);
  }

  /** Not every container shows its error page then; none may leave the request without an answer. */
  @ParameterizedTest
  @ValueSource(strings = {"thrown-heard", "thrown-unheard"})
  void anExceptionEndsWhatWentAsynchronous(String how) throws IOException {
    RawAnswer answer = get("/api/exercise/" + how, ALICE);

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.isWhole()).isTrue();
    assertThat(answer.body()).doesNotContain("user=-");
  }

  /** Nobody reads a parameter, so that a form and a stream are the application's to read. */
  @ParameterizedTest
  @ValueSource(strings = {"form", "read"})
  void aFormIsReadByTheApplicationAlone(String how) throws IOException {
    try (RawClient client = new RawClient(host.port())) {
      for (int i = 0; i < 3; i++) {
        RawAnswer answer = client.send(
            "POST",
            "/api/exercise/" + how,
            "_method=DELETE&to=x",
            ALICE,
            "Content-Type: application/x-www-form-urlencoded",
            "X-HTTP-Method-Override: DELETE");

        assertThat(answer.body()).isEqualTo("_method=DELETE&to=x alice");
      }
    }
  }

  // --- methods

  @ParameterizedTest
  @CsvSource({
    "purge, /api/exercise/who, 200",
    "DELETE, /api/exercise/who, 403",
    "delete, /api/exercise/who, 400",
    "Get, /public/exercise/who, 400",
    "get, /public/exercise/who, 400",
    "getx, /public/exercise/who, 401",
    "purge, /public/exercise/who, 401",
    "HEAD, /public/exercise/who, 200",
    "OPTIONS, /public/exercise/who, 401",
    "CONNECT, /public/exercise/who, 401",
  })
  void aMethodIsComparedAsItIs(String method, String target, int expected) throws IOException {
    String[] credentials = expected == 401 ? new String[0] : new String[] {ALICE};
    RawAnswer answer = RawClient.once(host.port(), method, target, credentials);

    if (expected != 200) {
      // a container may refuse a method by itself, in its own words
      assertThat(answer.status()).isIn(expected, 400, 405, 501);
      assertThat(answer.body()).doesNotContain("alice ");
      return;
    }
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(method.equals("HEAD") ? "" : "alice " + method);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/public/exercise/who",
        "/public/exercise/forward?to=/public/exercise/x",
        "/public/exercise/error?to=418",
        "/api/exercise/who"
      })
  void traceEchoesNothing(String target) throws IOException {
    RawAnswer answer = RawClient.once(host.port(), "TRACE", target, ALICE, "X-Secret: sesame");

    assertThat(answer.status()).isIn(400, 405, 501);
    assertThat(answer.body()).doesNotContain("sesame", ALICE.substring(21));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:80", "127.0.0.1:1", "/admin/exercise/who"})
  void connectReachesNothing(String target) throws IOException {
    RawAnswer answer = RawClient.once(host.port(), "CONNECT", target, ALICE);

    assertThat(answer.status()).isBetween(400, 501).isNotEqualTo(500);
    assertThat(answer.body()).doesNotContain("alice ");
  }
}
