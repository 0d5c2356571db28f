package io.sallyport.examples.manager;

import static io.sallyport.examples.manager.Client.basic;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.password.PasswordHashes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords over HTTP that were right a moment ago, and hashes of other makings in the users file. */
class RememberedPasswordsIT {

  @TempDir
  private Path parent;

  private ConfigurationFolder folder;
  private ManagerServer server;

  @BeforeEach
  void start() throws Exception {
    folder = ConfigurationFolder.in(parent);
    server = folder.start(Container.Kind.TOMCAT);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private String signIn(String name, String password) throws IOException {
    String request = "GET /status HTTP/1.1\r\nHost: a\r\nAuthorization: " + basic(name, password)
        + "\r\nConnection: close\r\n\r\n";
    return RawAnswer.http("127.0.0.1", URI.create(server.url()).getPort(), request)
        .text();
  }

  private boolean isIn(String name, String password) throws IOException {
    String answer = signIn(name, password);
    assertThat(answer).matches("(?s)HTTP/1.1 (200|401).*");
    return answer.startsWith("HTTP/1.1 200");
  }

  private static String users(String alice) {
    return "users:\n" + alice;
  }

  private static String alice(String hash) {
    return ConfigurationFolder.user("alice", hash, "administrator");
  }

  @Test
  void aPasswordThatWasRightIsRefusedOnceTheFileHasAnother() throws Exception {
    assertThat(isIn("alice", "alice's password")).isTrue();
    assertThat(isIn("alice", "alice's password")).isTrue();

    folder.replace("users.yaml", users(alice(ConfigurationFolder.hash("another"))));
    // never more than one failure, or the account would be locked
    Eventually.holds("the old one is refused", () -> !isIn("alice", "alice's password"));

    assertThat(isIn("alice", "another")).isTrue();
  }

  @Test
  void whoIsDeactivatedOrLockedGetsTheAnswerOfAnUnknownUser() throws Exception {
    String hash = ConfigurationFolder.hash("alice's password");
    assertThat(isIn("alice", "alice's password")).isTrue();

    for (String state : List.of("active: false", "locked: true")) {
      folder.replace(
          "users.yaml",
          "users:\n  - {username: alice, password: \"" + hash + "\", roles: [administrator], "
              + state + "}\n");
      Eventually.holds("alice is refused", () -> !isIn("alice", "alice's password"));

      List<String> answers = Stream.of(
              signIn("alice", "alice's password"),
              signIn("alice", "wrong"),
              signIn("nobody", "alice's password"))
          .map(RememberedPasswordsIT::comparable)
          .toList();

      assertThat(answers).allMatch(answers.get(0)::equals);
    }
  }

  /** All that the client sees, but for the decision's id and the time. */
  private static String comparable(String answer) {
    String id = answer
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("sallyport-decision: "))
        .findFirst()
        .orElseThrow()
        .substring("sallyport-decision: ".length());
    return answer.replace(id, "ID").replaceAll("(?im)^date: .*$", "");
  }

  /** The hash by passlib, the pepper by the JDK: neither of our own making. */
  @Test
  void hashesOfAnotherSchemeAndWithAPepperAreReadFromTheFile() throws Exception {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    server.close();
    folder.writePrivate("pepper-1", Base64.getEncoder().encodeToString(key));
    folder.configure(
        "{name: password, implementation: password}",
        "{name: password, implementation: password, properties:"
            + " {pepper: {current: '1', keys: {'1': '${file:pepper-1}'}}}}");
    folder.write(
        "users.yaml",
        users(alice(peppered(key, "alice's password")))
            + ConfigurationFolder.user(
                "legacy",
                "$5$rounds=1000$K8zvAzRKFODcSgAU$7Sf4ZEEKe1C4rrKaBAVmc80uvGjDgMx/jxFqK.Ewpu/",
                "administrator"));
    server = folder.start(Container.Kind.TOMCAT);

    assertThat(isIn("alice", "alice's password")).isTrue();
    assertThat(isIn("alice", "alice's passworD")).isFalse();
    assertThat(isIn("legacy", "pwoOwkO")).isTrue();
    assertThat(isIn("legacy", "pwoOwkO2")).isFalse();
  }

  private static String peppered(byte[] key, String password) throws Exception {
    Mac hmac = Mac.getInstance("HmacSHA256");
    hmac.init(new SecretKeySpec(key, "HmacSHA256"));
    String mixed =
        Base64.getEncoder().withoutPadding().encodeToString(hmac.doFinal(password.getBytes(UTF_8)));
    return "$sallyport-pepper$v=1"
        + PasswordHashes.argon2id().hash(Secret.ofText(mixed)).revealText();
  }

  @Test
  void aHashOfAnOldSchemeIsReplacedInTheFileWhenItsUserSignsIn() throws Exception {
    server.close();
    folder.write(
        "users.yaml",
        users(
            alice("$5$rounds=1000$K8zvAzRKFODcSgAU$7Sf4ZEEKe1C4rrKaBAVmc80uvGjDgMx/jxFqK.Ewpu/")));
    server = folder.start(Container.Kind.TOMCAT);
    assertThat(isIn("alice", "pwoOwkO")).isTrue();

    Eventually.holds(
        "the file has a new hash",
        () -> Files.readString(folder.file("users.yaml")).contains("$argon2id$"));

    assertThat(isIn("alice", "pwoOwkO")).isTrue();
    assertThat(isIn("alice", "pwoOwkO2")).isFalse();
  }

  @Test
  void theCacheMayBeSwitchedOff() throws Exception {
    server.close();
    folder.configure(
        "{name: password, implementation: password}",
        "{name: password, implementation: password, properties: {cache: off, upgrade: false}}");
    server = folder.start(Container.Kind.TOMCAT);

    assertThat(isIn("alice", "alice's password")).isTrue();
    assertThat(isIn("alice", "alice's password")).isTrue();
  }
}
