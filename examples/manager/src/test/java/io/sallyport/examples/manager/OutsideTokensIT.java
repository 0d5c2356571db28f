package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two issuers of others beside passwords and tokens of our own, reached over HTTPS by an authority of theirs. */
class OutsideTokensIT {

  /** Far less than what a fetch of keys may take here, so that nobody who keeps to it has waited for one. */
  private static final Duration BOUND = Duration.ofSeconds(10);

  @TempDir
  private Path parent;

  private final TestAuthority authority = new TestAuthority("CN=Authority of the issuers");
  private OutsideIssuer first;
  private OutsideIssuer second;
  private ConfigurationFolder folder;

  @BeforeEach
  void configure() throws Exception {
    first = new OutsideIssuer(authority, "manager-1", "first-key");
    second = new OutsideIssuer(authority, "manager-2", "second-key");
    folder = ConfigurationFolder.in(parent);
    folder.write("authority.pem", authority.certificatePem());
    // the second stands before the first, so that whoever waits for it is seen
    folder.configure(
        "token_generator:\n",
        entry("second", second, "manager-2") + entry("first", first, "manager-1")
            + "token_generator:\n");
  }

  @AfterEach
  void stop() {
    first.close();
    second.close();
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void eachIssuersTokensAreGoodForWhatItsRolesMeanHere(Container.Kind kind) throws Exception {
    try (ManagerServer server = folder.start(kind)) {
      Client client = Client.of(server.url());
      String own = client.token("victor");

      assertThat(with(client, first.askForToken()).statusCode()).isEqualTo(200);
      for (OutsideIssuer issuer : List.of(first, second)) {
        assertThat(with(client, issuer.token("ops")).statusCode()).isEqualTo(200);
        assertThat(with(client, issuer.token("viewer", "administrator")).statusCode())
            .isEqualTo(403);
        assertThat(client
                .send("DELETE", "/blueprints/x", "Authorization", "Bearer " + issuer.token("ops"))
                .statusCode())
            .isEqualTo(403);
      }
      assertThat(with(client, own).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void noIssuerSpeaksForTheOtherOrForAnotherAudience(Container.Kind kind) throws Exception {
    try (ManagerServer server = folder.start(kind)) {
      Client client = Client.of(server.url());
      ECKey disguised = new ECKey.Builder(second.key()).keyID("first-key").build();

      for (String token : List.of(
          OutsideIssuer.sign(second.key(), first.claims("lena", "ops").build()),
          OutsideIssuer.sign(disguised, first.claims("lena", "ops").build()),
          OutsideIssuer.sign(
              second.key(), second.claims("lena", "ops").audience("manager-1").build()))) {
        HttpResponse<String> answer = with(client, token);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate"))
            .anyMatch(challenge ->
                challenge.startsWith("Bearer ") && challenge.contains("error=\"invalid_token\""));
        assertThat(answer.body()).doesNotContain("issuer", "audience", "signature");
      }
      assertThat(with(client, first.token("ops")).statusCode()).isEqualTo(200);
      assertThat(with(client, second.token("ops")).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void anIssuerThatIsStuckHoldsNobodyElseUp(Container.Kind kind) throws Exception {
    second.getStuck();
    long begun = System.nanoTime();
    ExecutorService callers = Executors.newCachedThreadPool();
    try (ManagerServer server = folder.start(kind)) {
      Client client = Client.of(server.url());
      String ofStuck = second.token("ops");
      List<Future<HttpResponse<String>>> held = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        held.add(callers.submit(() -> with(client, ofStuck)));
      }

      assertThat(with(client, first.token("ops")).statusCode()).isEqualTo(200);
      assertThat(with(client, client.token("victor")).statusCode()).isEqualTo(200);
      assertThat(client.get("/status", "Authorization", basic("victor")).statusCode())
          .isEqualTo(200);
      for (Future<HttpResponse<String>> call : held) {
        assertThat(call.get().statusCode()).isEqualTo(503);
        assertThat(call.get().headers().firstValue("Retry-After")).contains("1");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BOUND);

      second.recover();
      Eventually.holds("the issuer is back", () -> with(client, ofStuck).statusCode() == 200);
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void anIssuerThatIsGoneIsNotNeededForWhatIsNotItsOwn() throws Exception {
    String token = second.token("ops");
    second.close();
    try (ManagerServer server = folder.start(Container.Kind.TOMCAT)) {
      Client client = Client.of(server.url());

      HttpResponse<String> answer = with(client, token);

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).contains("1");
      assertThat(with(client, first.token("ops")).statusCode()).isEqualTo(200);
      assertThat(with(client, client.token("victor")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void keysOfAnIssuerMayOutliveItsServer() throws Exception {
    try (ManagerServer server = folder.start(Container.Kind.JETTY)) {
      Client client = Client.of(server.url());
      assertThat(with(client, second.token("ops")).statusCode()).isEqualTo(200);

      second.close();

      assertThat(with(client, second.token("ops")).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void anIssuerMayChangeItsKeysWhileTheServerRuns(Container.Kind kind) throws Exception {
    try (ManagerServer server = folder.start(kind)) {
      Client client = Client.of(server.url());
      String old = first.token("ops");
      assertThat(with(client, old).statusCode()).isEqualTo(200);

      first.rotateTo("next-key");
      String next = first.token("ops");
      Eventually.holds("the next key is known", () -> with(client, next).statusCode() == 200);

      assertThat(with(client, old).statusCode()).isEqualTo(401);
      assertThat(with(client, second.token("ops")).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(Container.Kind.class)
  void aChainThatStopsAtAFailureStillAsksTheIssuerThatMadeTheToken(Container.Kind kind)
      throws Exception {
    folder.configure("version: 1\n", "version: 1\nprofile: cloudify-4\n");
    try (ManagerServer server = folder.start(kind)) {
      Client client = Client.of(server.url());

      assertThat(with(client, first.token("ops")).statusCode()).isEqualTo(200);
      assertThat(with(client, second.token("ops")).statusCode()).isEqualTo(200);
      assertThat(with(client, client.token("victor")).statusCode()).isEqualTo(200);
      assertThat(with(
                  client,
                  OutsideIssuer.sign(second.key(), first.claims("lena", "ops").build()))
              .statusCode())
          .isEqualTo(401);
    }
  }

  private static HttpResponse<String> with(Client client, String token) throws Exception {
    return client.get("/status", "Authorization", "Bearer " + token);
  }

  private static String entry(String name, OutsideIssuer issuer, String audience) {
    return """
          - name: %s
            implementation: oidc
            users: external
            properties:
              issuer: %s
              audience: %s
              ca_path: authority.pem
              roles_claim: groups
              roles: {ops: viewer}
              fetch_pace: 1s
              fetch_timeout: 30s
              max_wait: 500ms
        """.formatted(name, issuer.address(), audience);
  }
}
