package io.sallyport.examples.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Secret;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir
  private Path parent;

  @Test
  void makesEveryFileForItsOwnerAlone() throws Exception {
    folder().prepare();

    for (String name :
        List.of("security.yaml", "roles.yaml", "token.key", "users.yaml", "first-start")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(name))))
          .as(name)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void keepsOnlyTheHashOfThePassword() throws Exception {
    Secret password = folder().prepare().orElseThrow();

    assertThat(file("users.yaml"))
        .content()
        .contains("username: admin", "$argon2id$v=19$m=19456,t=2,p=1$")
        .doesNotContain(password.revealText());
  }

  @Test
  void makesAnotherKeyOf256BitsInEachFolder() throws Exception {
    folder().prepare();
    new DataFolder(parent.resolve("other")).prepare();

    byte[] key = Base64.getDecoder().decode(Files.readString(file("token.key")).strip());
    assertThat(key).hasSize(32);
    assertThat(parent.resolve("other/token.key")).content().isNotEqualTo(read("token.key"));
  }

  @Test
  void hasNoPasswordToShowAtTheSecondStart() throws Exception {
    folder().prepare();
    folder().finish();
    String before = read("users.yaml");

    Optional<Secret> password = folder().prepare();

    assertThat(password).isEmpty();
    assertThat(file("users.yaml")).content().isEqualTo(before);
  }

  @Test
  void refusesToMakeASecondAdministratorWhereTheUsersWereDeleted() throws Exception {
    folder().prepare();
    folder().finish();
    Files.delete(file("users.yaml"));

    assertThatThrownBy(() -> folder().prepare())
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("users.yaml is gone")
        .hasMessageContaining("rm '" + file("first-start") + "'");
    assertThat(file("users.yaml")).doesNotExist();
  }

  @Test
  void tellsWhatToDoAfterAStartThatBrokeOffBeforeThePasswordWasShown() throws Exception {
    folder().prepare();
    // and the process is killed here

    assertThatThrownBy(() -> folder().prepare())
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("may never have been shown")
        .hasMessageContaining("rm -f '" + file("first-start") + "' '" + file("users.yaml") + "'");
  }

  @Test
  void tellsTheSameAfterAStartThatBrokeOffBeforeAnythingElseWasMade() throws Exception {
    Files.createDirectories(file(""));
    Files.createFile(file("first-start"));

    assertThatThrownBy(() -> folder().prepare())
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("To begin again:");
  }

  @Test
  void beginsAgainAfterWhatItsMessageSaysWasDone() throws Exception {
    folder().prepare();
    Files.delete(file("first-start"));
    Files.delete(file("users.yaml"));
    String key = read("token.key");

    Optional<Secret> password = folder().prepare();

    assertThat(password).isPresent();
    assertThat(file("token.key")).content().isEqualTo(key);
  }

  @Test
  void makesNobodyWhereUsersWereWrittenBefore() throws Exception {
    Files.createDirectories(file(""));
    Files.writeString(file("users.yaml"), "users: []\n");

    Optional<Secret> password = folder().prepare();

    assertThat(password).isEmpty();
    assertThat(file("users.yaml")).content().isEqualTo("users: []\n");
    assertThat(file("security.yaml")).exists();
  }

  @Test
  void takesBackAnAdministratorWhosePasswordWasNotShown() throws Exception {
    String first = folder().prepare().orElseThrow().revealText();
    folder().undo();

    String second = folder().prepare().orElseThrow().revealText();

    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void writesNothingThroughADanglingLinkInThePlaceOfTheUsers() throws Exception {
    Files.createDirectories(file(""));
    Path elsewhere = parent.resolve("elsewhere.yaml");
    Files.createSymbolicLink(file("users.yaml"), elsewhere);

    assertThatThrownBy(() -> folder().prepare()).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void quotesPathsForTheShell() throws Exception {
    Path odd = parent.resolve("it's here");
    new DataFolder(odd).prepare();

    assertThatThrownBy(() -> new DataFolder(odd).prepare())
        .hasMessageContaining("'" + parent + "/it'\\''s here/first-start'");
  }

  private DataFolder folder() {
    return new DataFolder(parent.resolve("data"));
  }

  private Path file(String name) {
    return parent.resolve("data").resolve(name);
  }

  private String read(String name) throws Exception {
    return Files.readString(file(name));
  }
}
