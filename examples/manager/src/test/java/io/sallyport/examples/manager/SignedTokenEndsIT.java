package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invariant 4: what ends a signed token with the next request on it, and what does not; the user is in a users file. */
class SignedTokenEndsIT {

  private static final String NORA = ConfigurationFolder.hash("nora's password");
  private static final String NORA_AGAIN = ConfigurationFolder.hash("nora's password");
  private static final String NORAS_NEXT = ConfigurationFolder.hash("nora's next password");
  private static final String MIA = ConfigurationFolder.hash("mia's password");

  @TempDir
  private Path parent;

  private ConfigurationFolder folder;
  private ManagerServer server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    folder = ConfigurationFolder.in(parent);
    folder.write("users.yaml", "users:\n" + nora(NORA, ""));
    server = folder.start(Container.Kind.TOMCAT);
    client = Client.of(server.url());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"active: false", "locked: true", "tokens_not_before: 2026-11-23T12:00:00Z"})
  void itEndsWithWhatIsSetOfItsUser(String setting) throws Exception {
    String token = client.token("nora");

    folder.replace("users.yaml", users(nora(NORA, ", " + setting)));

    isRefused(token);
  }

  @Test
  void itEndsWithItsUsersPassword() throws Exception {
    String token = client.token("nora");

    folder.replace("users.yaml", users(nora(NORAS_NEXT, "")));

    isRefused(token);
    assertThat(client
            .get("/status", "Authorization", basic("nora", "nora's next password"))
            .statusCode())
        .isEqualTo(200);
  }

  @Test
  void itEndsWithItsUserAndIsNotInheritedByALaterUserOfThatName() throws Exception {
    String token = client.token("nora");

    folder.replace("users.yaml", users(""));
    isRefused(token);
    // even the same password: another salt is another hash
    folder.replace("users.yaml", users(nora(NORA_AGAIN, "")));
    Eventually.holds(
        "the later nora may sign in",
        () -> client.get("/status", "Authorization", basic("nora")).statusCode() == 200);

    assertThat(statusWith(token)).isEqualTo(401);
  }

  @Test
  void aLockThatIsTakenAwayGivesItBack() throws Exception {
    String token = client.token("nora");

    folder.replace("users.yaml", users(nora(NORA, ", locked: true")));
    isRefused(token);
    folder.replace("users.yaml", users(nora(NORA, "")));

    Eventually.holds("the token is good again", () -> statusWith(token) == 200);
  }

  @Test
  void aNewOrderOfTheUsersEndsNothing() throws Exception {
    String token = client.token("nora");

    folder.replace("users.yaml", "users:\n" + mia() + nora(NORA, ""));
    isRead();

    assertThat(statusWith(token)).isEqualTo(200);
  }

  @Test
  void anotherGroupOrRoleEndsNothingAndHoldsAtOnce() throws Exception {
    String token = client.token("nora");
    assertThat(deletes(token)).isEqualTo(403);

    folder.replace(
        "users.yaml",
        "users:\n" + mia() + nora(NORA, ", groups: [operators]")
            + "groups:\n  - {name: operators, roles: [administrator]}\n");
    isRead();

    assertThat(statusWith(token)).isEqualTo(200);
    assertThat(deletes(token)).isEqualTo(404);
  }

  @Test
  void anUpgradeOfTheHashEndsNothing() throws Exception {
    // of the known answers of passlib, and weaker than new hashes are
    String password = "mc__AA.^e";
    String weak = "$2a$07$8IQlWy9CsSDMG26VFr4ulOhKT6TkRGHWA6o7SF68/QUxO8R.dN.76";
    folder.replace("users.yaml", users(ConfigurationFolder.user("olga", weak, "viewer")));
    isRead();
    String token = client.token("olga", password);

    Eventually.holds(
        "the hash is replaced",
        () -> Files.readString(folder.file("users.yaml")).lines().noneMatch(l -> l.contains(weak)));
    isRead();

    assertThat(statusWith(token)).isEqualTo(200);
  }

  private static String users(String nora) {
    return "users:\n" + nora + mia();
  }

  private static String nora(String hash, String settings) {
    return "  - {username: nora, password: \"%s\", roles: [viewer]%s}%n".formatted(hash, settings);
  }

  /** She is in each of the files but the first, so that one can see that a later one is in force. */
  private static String mia() {
    return ConfigurationFolder.user("mia", MIA, "viewer");
  }

  private void isRead() throws Exception {
    Eventually.holds(
        "the new file is in force",
        () -> client.get("/status", "Authorization", basic("mia")).statusCode() == 200);
  }

  private void isRefused(String token) throws Exception {
    Eventually.holds("the token is refused", () -> statusWith(token) == 401);
  }

  private int statusWith(String token) throws Exception {
    return client.get("/status", "Authorization", "Bearer " + token).statusCode();
  }

  private int deletes(String token) throws Exception {
    return client
        .send("DELETE", "/blueprints/none", "Authorization", "Bearer " + token)
        .statusCode();
  }
}
