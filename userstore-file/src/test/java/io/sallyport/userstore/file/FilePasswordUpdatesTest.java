package io.sallyport.userstore.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Credential;
import io.sallyport.api.Secret;
import io.sallyport.api.SecurityStamp;
import io.sallyport.spi.UnavailableException;
import io.sallyport.spi.Userstore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file does beyond the contract of userstores when hashes are replaced in it. */
class FilePasswordUpdatesTest {

  private static final String USERS = """
      # both have the same password
      users:
        - id: u1
          username: alice   # the first
          password: $5$salt$old
          roles: [ b, a ]
        - {id: u2, username: bob, password: $5$salt$old}
      """;

  private static final String OLD = "$5$salt$old";
  private static final String NEW = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$bmV3";

  @RegisterExtension
  final TestHost host = new TestHost();

  private Userstore store() {
    return host.storeOf(USERS);
  }

  private static String hash(Userstore store, String id) {
    Credential credential = store.findUserById(id).orElseThrow().credential();
    return ((Credential.Stored) credential).hash().revealText();
  }

  private static boolean replace(Userstore store, String id, String expected, String replacement) {
    return store
        .passwordUpdates()
        .orElseThrow()
        .replaceHash(id, Secret.ofText(expected), Secret.ofText(replacement));
  }

  private String file() throws IOException {
    return Files.readString(host.folder().resolve("users.yaml"));
  }

  private static SecurityStamp stamp(Userstore store) {
    return store.findUserById("u1").orElseThrow().securityStamp();
  }

  @Test
  void writesTheHashWhereItStandsAndTheEpochAboveIt() throws IOException {
    // printf %s "$NEW" | sha256sum; printf %s '$5$salt$old' | openssl dgst -sha256 -binary | head
    // -c 16 | base64
    String epoch = "upgraded:166d8044d9ef438c5968cb328cd000c7:VkXaHnz2_MbKiLl8RvWcOw";

    replace(store(), "u1", OLD, NEW);

    assertThat(file())
        .isEqualTo(USERS
            .replace("- id: u1", "- password_epoch: \"" + epoch + "\"\n    id: u1")
            .replace("    password: $5$salt$old\n", "    password: " + NEW + "\n"));
  }

  @Test
  void aHashThatIsEditedByHandAfterwardsEndsTheTokens() throws IOException {
    Userstore store = store();
    SecurityStamp before = stamp(store);
    replace(store, "u1", OLD, NEW);

    host.write("users.yaml", file().replace(NEW, "$5$salt$hand"));

    host.await(() -> hash(store, "u1").equals("$5$salt$hand"));
    assertThat(stamp(store)).isNotEqualTo(before);
    assertThat(stamp(store))
        .isEqualTo(stamp(host.storeOf("users: [{id: u1, username: a, password: $5$salt$hand}]")));
  }

  @Test
  void aSecondUpgradeCarriesTheFirstEpochOn() throws IOException {
    Userstore store = store();
    SecurityStamp before = stamp(store);

    replace(store, "u1", OLD, NEW);
    replace(store, "u1", NEW, NEW + "er");

    assertThat(hash(store, "u1")).isEqualTo(NEW + "er");
    assertThat(stamp(store)).isEqualTo(before);
    assertThat(stamp(host.store("path: users.yaml"))).isEqualTo(before);
    assertThat(file().split("password_epoch", -1)).hasSize(2);
  }

  @Test
  void anUpgradeAfterAnEditByHandKeepsTheEpochOfThatEdit() throws IOException {
    Userstore store = store();
    replace(store, "u1", OLD, NEW);
    host.write("users.yaml", file().replace(NEW, "$5$salt$hand"));
    host.await(() -> hash(store, "u1").equals("$5$salt$hand"));
    SecurityStamp edited = stamp(store);

    assertThat(replace(store, "u1", "$5$salt$hand", NEW + "er")).isTrue();

    assertThat(stamp(store)).isEqualTo(edited);
  }

  @Test
  void anOperatorsOwnEpochStaysAsItIs() throws IOException {
    String users = "users: [{id: u1, username: a, password: $5$salt$old, password_epoch: 'e 1'}]\n";
    Userstore store = host.storeOf(users);
    SecurityStamp before = stamp(store);

    replace(store, "u1", OLD, NEW);

    assertThat(file()).isEqualTo(users.replace(OLD, "\"" + NEW + "\""));
    assertThat(stamp(store)).isEqualTo(before);
  }

  @Test
  void anEpochThatIsThereAndEmptyIsFilled() throws IOException {
    Userstore store =
        host.storeOf("users:\n- username: u1\n  password_epoch:\n  password: $5$salt$old\n");
    SecurityStamp before = stamp(store);

    assertThat(replace(store, "u1", OLD, NEW)).isTrue();

    assertThat(file()).contains("  password_epoch: \"upgraded:");
    assertThat(stamp(store)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "upgraded:",
        "upgraded: text",
        "upgraded:0123456789abcdef0123456789abcdef:",
        "upgraded:0123456789abcdef0123456789abcde:AAAAAAAAAAAAAAAAAAAAAA",
        "upgraded:0123456789ABCDEF0123456789ABCDEF:AAAAAAAAAAAAAAAAAAAAAA",
        "upgraded:0123456789abcdef0123456789abcdef:AAAAAAAAAAAAAAAAAAAAAA==",
        "upgraded:0123456789abcdef0123456789abcdef:AAAAAAAAAAAAAAAAAAAAA"
      })
  void anEpochThatMerelyLooksLikeOursIsAnErrorAndNoTextOfAnOperator(String epoch) {
    assertThat(host.refusalOf(
            "users: [{username: a, password: $5$salt$old, password_epoch: '" + epoch + "'}]"))
        .contains("password_epoch")
        .contains("when the hash was upgraded");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abCDefGHijKLm", "hunter2", "{noop}hunter2", "$hunter2", "{MD5}0123"})
  void anOldHashWithoutALongSaltIsNotToldByItsEpoch(String old) throws IOException {
    Userstore store =
        host.storeOf("users: [{username: u1, password: '" + old + "'}]\n", "allow_plaintext: true");
    SecurityStamp before = stamp(store);

    assertThat(replace(store, "u1", old, NEW)).isTrue();

    assertThat(file()).containsPattern("upgraded:[0-9a-f]{32}:[A-Za-z0-9_-]{3}\"");
    assertThat(stamp(store)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "users:\n- {username: u2, password: &h $5$salt$old}\n- {username: u1, password: *h}\n",
        "users:\n- {username: u1, password: &h $5$salt$old}\n- {username: u2, password: *h}\n",
        "users:\n- &u {username: u1, password: $5$salt$old}\n- {username: u2, attributes: *u}\n"
      })
  void aHashThatSeveralUsersShareIsNotReplaced(String users) throws IOException {
    Userstore store = host.storeOf(users);

    assertThat(replace(store, "u1", OLD, NEW)).isFalse();

    assertThat(file()).isEqualTo(users);
  }

  @Test
  void aTextThatLooksLikeAReferenceIsAHashLikeAnyOther() throws IOException {
    String users = "users: [{username: u1, password: '{bcrypt}${file:x}'}]\n";
    Userstore store = host.storeOf(users);

    assertThat(replace(store, "u1", "{bcrypt}${file:x}", NEW)).isTrue();

    assertThat(file()).contains("'" + NEW + "'");
  }

  @Test
  void oneWhoCannotBeUpgradedDoesNotHinderTheOthers() throws Exception {
    Userstore store = host.storeOf("""
        users:
        - ? username
          : u1
          ? password
          : $5$salt$old
        - {username: u2, password: $5$salt$old}
        - {username: u3, password: $5$salt$old}
        """);
    replace(store, "u3", OLD, NEW);
    var stubborn = CompletableFuture.supplyAsync(() -> {
      try {
        return replace(store, "u1", OLD, NEW);
      } catch (UnavailableException e) {
        return false;
      }
    });

    boolean other = replace(store, "u2", OLD, NEW);

    assertThat(other).isTrue();
    assertThat(stubborn.get()).isFalse();
    assertThat(hash(store, "u1")).isEqualTo(OLD);
  }

  @Test
  void twoStoresOfOneFileLoseNothingOfEachOther() throws IOException {
    Userstore one = host.storeOf(USERS);
    Userstore other = host.store("path: users.yaml");

    replace(one, "u1", OLD, NEW);
    host.await(() -> hash(other, "u1").equals(NEW));
    replace(other, "u2", OLD, NEW);

    host.await(() -> hash(one, "u2").equals(NEW));
    assertThat(hash(one, "u1")).isEqualTo(NEW);
    assertThat(hash(other, "u1")).isEqualTo(NEW);
  }

  @Test
  void anEditByHandOfTheMomentIsNotLost() throws IOException {
    Userstore store = store();
    String edited = USERS + "  - {id: u3, username: carol}\n";
    host.write("users.yaml", edited);

    assertThatThrownBy(() -> replace(store, "u1", OLD, NEW))
        .isInstanceOf(UnavailableException.class);

    assertThat(file()).isEqualTo(edited);
    host.await(() -> store.findUserById("u3").isPresent());
  }

  @Test
  void aLinkIsAStoreThatCannotBeWritten() throws IOException {
    Path target = host.write("target.yaml", USERS);
    Path link = Files.createSymbolicLink(host.folder().resolve("link.yaml"), target);
    Userstore store = host.store("path: " + link);

    assertThatThrownBy(() -> replace(store, "u1", OLD, NEW))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("symbolic link");
    assertThatThrownBy(() -> replace(store, "u2", OLD, NEW))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("a moment ago");

    assertThat(link).isSymbolicLink();
    assertThat(target).content().isEqualTo(USERS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "password", "$5$a b", "$5$a\"b", "$5$a\\b", "$5$a'b", "$5$a\nb", "$5$é"})
  void whatIsNoHashIsNotWritten(String replacement) throws IOException {
    Userstore store = store();

    assertThatThrownBy(() -> replace(store, "u1", OLD, replacement))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("printable ASCII");

    assertThat(file()).isEqualTo(USERS);
  }

  @Test
  void canBeSwitchedOff() {
    assertThat(host.storeOf(USERS, "upgrade_hashes: false").passwordUpdates()).isEmpty();
  }

  @Test
  void isNotOfferedForUsersInLine() {
    assertThat(host.store("users: [{username: a}]").passwordUpdates()).isEmpty();
    assertThat(host.refusalOfSettings("users: [{username: a}]\nupgrade_hashes: true"))
        .contains("upgrade_hashes")
        .contains("never written");
  }
}
