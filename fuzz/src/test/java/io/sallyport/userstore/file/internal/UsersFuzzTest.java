package io.sallyport.userstore.file.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.api.User;
import io.sallyport.core.internal.config.ConfigurationDocument;
import io.sallyport.core.internal.config.Problems;
import io.sallyport.core.internal.config.ReadOptions;
import io.sallyport.fuzz.Bounds;
import io.sallyport.fuzz.Mutants;
import io.sallyport.fuzz.Scratch;
import io.sallyport.spi.ConfigurationFiles.Document;
import io.sallyport.spi.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Whatever a users file holds, it gives users, or problems. A user is found by exactly the name and the
 * id that it was given, and by a name that was not given nobody is.
 */
class UsersFuzzTest {

  private static final Scratch SCRATCH = new Scratch();
  private static final Bounds BOUNDS = new Bounds(Duration.ofSeconds(5), 512 * 1024 * 1024);

  @DictionaryFile(resourcePath = "UsersFuzzTest.dict")
  @FuzzTest
  void givesUsersOrProblems(byte[] input) {
    boolean json = input.length > 0 && input[0] == '{';
    Path file = SCRATCH.write(json ? "fuzzed-users.json" : "fuzzed-users.yaml", input);

    BOUNDS.check(() -> check(file));
  }

  @Test
  void holdsForMutants() {
    Mutants.of(UsersFuzzTest.class).check(500, this::givesUsersOrProblems);
  }

  private static void check(Path file) {
    var problems = new Problems();
    var document = new Overheard(new ConfigurationDocument(file, ReadOptions.data(), problems));
    Users users = UsersReader.read(file, document, UserForm.DEFAULT);

    assertThat(users).isNotNull();
    if (!problems.isEmpty()) {
      return; // nobody is given these users
    }
    for (String name : document.names) {
      assertThat(users.find(name)).isPresent();
      User user = users.find(name).get();
      assertThat(user.name()).isEqualTo(name);
      assertThat(User.isValidName(name)).isTrue();
      assertThat(users.findById(user.id()).map(User::name)).contains(name);
    }
    for (String name : Set.of("nobody else", "ALICE", "alice ")) {
      assertThat(users.find(name).isPresent()).isEqualTo(document.names.contains(name));
    }
  }

  /** Notes the names while the document is read. */
  private static final class Overheard implements Document {

    private final Document document;
    private final Set<String> names = new LinkedHashSet<>();

    private Overheard(Document document) {
      this.document = document;
    }

    @Override
    public Settings settings() {
      return document.settings();
    }

    @Override
    public Settings settings(String key, Consumer<Settings> element) {
      return document.settings(key, user -> {
        user.optionalText(UsersReader.USERNAME).ifPresent(names::add);
        element.accept(user);
      });
    }
  }
}
