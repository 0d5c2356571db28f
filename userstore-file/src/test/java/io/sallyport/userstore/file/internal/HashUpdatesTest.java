package io.sallyport.userstore.file.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Secret;
import io.sallyport.core.internal.config.FollowedFiles;
import io.sallyport.spi.ConfigurationFiles.Edit;
import io.sallyport.spi.ConfigurationFiles.Reloadable;
import io.sallyport.spi.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When the file is written, and for whom. */
@Timeout(60)
class HashUpdatesTest {

  private static final Duration LONG = Duration.ofHours(1);
  private static final Secret OLD = Secret.ofText("$5$salt$old");
  private static final Secret NEW = Secret.ofText("$5$salt$new");

  @TempDir
  Path folder;

  private final FollowedFiles files = new FollowedFiles();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Counted users;

  /** Counts how often the file is written, and can hold a writing up or let it fail. */
  private static final class Counted implements Reloadable<Users> {
    private final Reloadable<Users> users;
    private final AtomicInteger edits = new AtomicInteger();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final CountDownLatch begun = new CountDownLatch(1);
    private CountDownLatch held = new CountDownLatch(0);

    private Counted(Reloadable<Users> users) {
      this.users = users;
    }

    @Override
    public Users current() {
      return users.current();
    }

    @Override
    public boolean edit(Edit<Users> edit) {
      edits.incrementAndGet();
      begun.countDown();
      if (failing.get()) {
        throw new UnavailableException("read-only", Duration.ofSeconds(1), null);
      }
      try {
        held.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return users.edit(edit);
    }

    @Override
    public void close() {
      users.close();
    }
  }

  @BeforeEach
  void begin() throws IOException {
    StringBuilder text = new StringBuilder("users:\n");
    for (int i = 0; i < 20; i++) {
      text.append("- {username: u").append(i).append(", password: $5$salt$old}\n");
    }
    Path file = Files.writeString(folder.resolve("users.yaml"), text);
    users = new Counted(files.load(
        "userstore",
        file,
        document -> UsersReader.read(file, document, new UserForm(UsersReader.USERNAME, false))));
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
    files.close();
  }

  private HashUpdates updates(Duration pause, Duration patience, int capacity) {
    return new HashUpdates(users, new UpgradePace(pause, 0, patience, capacity));
  }

  private static boolean attempt(HashUpdates updates, String id) {
    try {
      return updates.replaceHash(id, OLD, NEW);
    } catch (UnavailableException e) {
      return false;
    }
  }

  private static void until(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
      LockSupport.parkNanos(1_000_000);
    }
  }

  private boolean isUpgraded(String id) {
    return users.current().accountOf(id).orElseThrow().has(NEW);
  }

  @Test
  void writesOnceForAllWhoComeWhileItWrites() throws Exception {
    HashUpdates updates = updates(Duration.ZERO, LONG, 100);
    users.held = new CountDownLatch(1);
    List<Future<Boolean>> outcomes = new ArrayList<>();
    outcomes.add(threads.submit(() -> updates.replaceHash("u0", OLD, NEW)));
    users.begun.await();
    for (int i = 1; i < 20; i++) {
      String id = "u" + i;
      outcomes.add(threads.submit(() -> updates.replaceHash(id, OLD, NEW)));
    }
    until(() -> updates.waiting() == 19);

    users.held.countDown();

    for (Future<Boolean> outcome : outcomes) {
      assertThat(outcome.get()).isTrue();
    }
    assertThat(users.edits).hasValue(2);
  }

  @Test
  void whoHasWaitedLongEnoughIsServedWithTheNextWritingAllTheSame() throws Exception {
    HashUpdates updates = updates(Duration.ofMillis(500), Duration.ofMillis(1), 100);
    assertThat(updates.replaceHash("u0", OLD, NEW)).isTrue();

    assertThatThrownBy(() -> updates.replaceHash("u1", OLD, NEW))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("not yet");
    assertThat(isUpgraded("u1")).isFalse();

    until(() -> {
      // the call that writes may find the wish of an earlier one, and then it is that one's
      attempt(updates, "u2");
      return isUpgraded("u2");
    });
    assertThat(isUpgraded("u1")).isTrue();
    assertThat(users.edits).hasValue(2);
  }

  @Test
  void isFullOnceManyWait() {
    HashUpdates updates = updates(LONG, Duration.ofMillis(1), 1);
    assertThat(updates.replaceHash("u0", OLD, NEW)).isTrue();

    for (String id : List.of("u1", "u2", "u1")) {
      assertThatThrownBy(() -> updates.replaceHash(id, OLD, NEW))
          .isInstanceOf(UnavailableException.class);
    }

    assertThat(updates.waiting()).isEqualTo(1);
  }

  @Test
  void aFailureIsToldToAllAndNotTriedAgainForAWhile() {
    HashUpdates updates = updates(Duration.ZERO, LONG, 100);
    users.failing.set(true);

    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> updates.replaceHash("u0", OLD, NEW))
          .isInstanceOf(UnavailableException.class);
    }
    assertThat(users.edits).hasValue(1);

    users.failing.set(false);
    until(() -> attempt(updates, "u0"));
    assertThat(users.edits).hasValue(2);
  }

  @Test
  void anInterruptedCallerStopsWaitingAndStaysInterrupted() throws Exception {
    HashUpdates updates = updates(LONG, LONG, 100);
    assertThat(updates.replaceHash("u0", OLD, NEW)).isTrue();

    Future<Boolean> interrupted = threads.submit(() -> {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> updates.replaceHash("u1", OLD, NEW))
          .isInstanceOf(UnavailableException.class);
      return Thread.currentThread().isInterrupted();
    });

    assertThat(interrupted.get()).isTrue();
  }

  @Test
  void aBigFileIsLeftAloneForLonger() {
    assertThat(UpgradePace.USUAL.after(Duration.ofMillis(10))).isEqualTo(Duration.ofSeconds(1));
    assertThat(UpgradePace.USUAL.after(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(50));
  }
}
