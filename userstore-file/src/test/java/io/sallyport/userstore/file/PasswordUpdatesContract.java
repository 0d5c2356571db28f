package io.sallyport.userstore.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Credential;
import io.sallyport.api.Secret;
import io.sallyport.api.User;
import io.sallyport.spi.PasswordUpdates;
import io.sallyport.spi.Userstore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What holds for every store that offers {@link PasswordUpdates}. */
abstract class PasswordUpdatesContract {

  static final String OLD = "$5$salt$old";
  static final String NEW = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$bmV3";

  /** A store of the users {@code u1} and {@code u2}, both with the hash {@link #OLD}. */
  abstract Userstore store();

  static String hash(Userstore store, String id) {
    Credential credential = store.findUserById(id).orElseThrow().credential();
    return ((Credential.Stored) credential).hash().revealText();
  }

  static boolean replace(Userstore store, String id, String expected, String replacement) {
    return store
        .passwordUpdates()
        .orElseThrow()
        .replaceHash(id, Secret.ofText(expected), Secret.ofText(replacement));
  }

  @Test
  void replacesTheHashThatWasVerified() {
    Userstore store = store();

    assertThat(replace(store, "u1", OLD, NEW)).isTrue();

    assertThat(hash(store, "u1")).isEqualTo(NEW);
    assertThat(hash(store, "u2")).isEqualTo(OLD);
  }

  @Test
  void keepsTheStampAndEverythingElse() {
    Userstore store = store();
    User before = store.findUserById("u1").orElseThrow();

    replace(store, "u1", OLD, NEW);

    User after = store.findUserById("u1").orElseThrow();
    assertThat(after.securityStamp()).isEqualTo(before.securityStamp());
    assertThat(after)
        .usingRecursiveComparison()
        .ignoringFields("credential", "securityStamp")
        .isEqualTo(before);
  }

  @Test
  void leavesAnotherHashThanTheExpectedOneAlone() {
    Userstore store = store();

    assertThat(replace(store, "u1", "$5$salt$other", NEW)).isFalse();

    assertThat(hash(store, "u1")).isEqualTo(OLD);
  }

  @Test
  void knowsNobodyWhoIsNotThere() {
    assertThat(replace(store(), "u3", OLD, NEW)).isFalse();
  }

  @Test
  void letsExactlyOneOfSeveralAtOnceWin() throws Exception {
    Userstore store = store();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String replacement = NEW + i;
        calls.add(() -> replace(store, "u1", OLD, replacement));
      }
      int winners = 0;
      int winner = -1;
      List<Future<Boolean>> outcomes = threads.invokeAll(calls);
      for (int i = 0; i < outcomes.size(); i++) {
        if (outcomes.get(i).get()) {
          winners++;
          winner = i;
        }
      }

      assertThat(winners).isEqualTo(1);
      assertThat(hash(store, "u1")).isEqualTo(NEW + winner);
    } finally {
      threads.shutdownNow();
    }
  }
}
