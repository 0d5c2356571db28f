package io.sallyport.userstore.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Credential;
import io.sallyport.api.User;
import io.sallyport.spi.Userstore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FollowedUsersTest {

  private static final String OLD =
      "users: [{username: alice, password: $5$salt$old, roles: [before]}]";
  private static final String NEW =
      "users: [{username: alice, password: $5$salt$new, roles: [after]}]";

  @RegisterExtension
  final TestHost host = new TestHost();

  @Test
  void changedPasswordsAndRolesHoldWithoutARestart() {
    Userstore store = host.storeOf(OLD);
    User before = store.findUser("alice").orElseThrow();

    host.write("users.yaml", NEW);

    host.await(() -> hash(store).equals("$5$salt$new"));
    User after = store.findUser("alice").orElseThrow();
    assertThat(after.roles()).containsExactly("after");
    assertThat(after.securityStamp()).isNotEqualTo(before.securityStamp());
  }

  @Test
  void removedUsersAreGoneAndNewOnesAreThere() {
    Userstore store = host.storeOf("users: [{username: alice}, {username: bob, id: u1}]");

    host.write("users.yaml", "users: [{username: carol, id: u1}]");

    host.await(() -> store.findUser("carol").isPresent());
    assertThat(store.findUser("alice")).isEmpty();
    assertThat(store.findUser("bob")).isEmpty();
    assertThat(store.findUserById("u1").map(User::name)).contains("carol");
  }

  @Test
  void anEditorsRenameIsNoticed() throws IOException {
    Userstore store = host.storeOf(OLD);
    Path temporary = host.write("users.yaml.tmp", NEW);

    Files.move(temporary, host.folder().resolve("users.yaml"), StandardCopyOption.ATOMIC_MOVE);

    host.await(() -> hash(store).equals("$5$salt$new"));
  }

  @Test
  void aLinkThatIsSwappedIsNoticed() throws IOException {
    Path first = host.write("first.yaml", OLD);
    Path second = host.write("second.yaml", NEW);
    Path link = Files.createSymbolicLink(host.folder().resolve("link.yaml"), first);
    Userstore store = host.store("path: " + link);

    Path newLink = Files.createSymbolicLink(host.folder().resolve("new-link"), second);
    Files.move(newLink, link, StandardCopyOption.ATOMIC_MOVE);

    host.await(() -> hash(store).equals("$5$salt$new"));
  }

  @Test
  void aBrokenFileLeavesTheLastGoodUsersInForceUntilItIsMended() {
    Userstore store = host.storeOf(OLD);
    User before = store.findUser("alice").orElseThrow();

    host.write("users.yaml", "users: [{username: alice}, {username: alice}]");
    host.awaitBrokenFile();
    User meanwhile = store.findUser("alice").orElseThrow();
    host.write("users.yaml", NEW);
    host.await(() -> hash(store).equals("$5$salt$new"));

    assertThat(meanwhile).isSameAs(before);
  }

  @Test
  void aFileWithoutUsersLeavesTheLastGoodUsersInForce() {
    Userstore store = host.storeOf(OLD);

    host.write("users.yaml", "groups: []");
    String problem = host.awaitBrokenFile();

    assertThat(problem)
        .contains("Users not found in " + host.folder().resolve("users.yaml")
            + " yaml. Failed loading users.");
    assertThat(store.findUser("alice")).isPresent();
  }

  @Test
  void whatIsReadTwiceWithTheSameContentKeepsItsStamps() {
    Userstore store = host.storeOf("users: [{username: alice, password: $5$salt$h}]");
    User before = store.findUser("alice").orElseThrow();

    host.write("users.yaml", "users: [{username: zoe}, {username: alice, password: $5$salt$h}]");

    host.await(() -> store.findUser("zoe").isPresent());
    User after = store.findUser("alice").orElseThrow();
    assertThat(after).isNotSameAs(before);
    assertThat(after.securityStamp()).isEqualTo(before.securityStamp());
  }

  @Test
  void aClosedStoreNoLongerFollowsItsFile() {
    Userstore closed = host.storeOf(OLD);
    Userstore open = host.store("path: " + host.folder().resolve("users.yaml"));

    closed.close();
    host.write("users.yaml", NEW);

    host.await(() -> hash(open).equals("$5$salt$new"));
    assertThat(hash(closed)).isEqualTo("$5$salt$old");
  }

  private static String hash(Userstore store) {
    Credential credential = store.findUser("alice").orElseThrow().credential();
    return ((Credential.Stored) credential).hash().revealText();
  }
}
