package io.sallyport.userstore.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spi.Userstore;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NoSecretsTest {

  private static final String HASH = "$argon2id$v=19$m=19456,t=2,p=1$c2VjcmV0c2FsdA$c2VjcmV0aGFzaA";

  @RegisterExtension
  final TestHost host = new TestHost();

  @Test
  void noHashAndNoPasswordIsLoggedOrShownHoweverBrokenTheFileIs() {
    ByteArrayOutputStream logged = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    try {
      String good = "users: [{username: alice, password: '" + HASH + "'}]\n";
      Userstore store = host.storeOf(good);
      String shown =
          store + " " + store.findUser("alice") + store.findUser("alice").map(u -> u.credential());
      host.write("users.yaml", good + "users: [{username: bob, password: '" + HASH + "', x: [}]");
      shown += host.awaitBrokenFile();
      shown +=
          host.refusalOf("users: [{username: alice, password: hunter2, passowrd: '" + HASH + "'}]");
      shown += host.refusalOf("users: [{username: alice, password: [" + HASH + "], active: x}]");
      shown += host.refusalOf("users: [{username: alice, password: '" + HASH + "'}, " + HASH + "]");
      shown += host.refusalOf("users: [{username: alice, password: " + HASH + "}]");
      shown += host.refusalOf("users:\n  alice: " + HASH + "\n");

      assertThat(shown + logged.toString(StandardCharsets.UTF_8))
          .contains("users.yaml")
          .doesNotContain("m=19456")
          .doesNotContain("c2VjcmV0")
          .doesNotContain("hunter2");
    } finally {
      System.setErr(before);
    }
  }
}
