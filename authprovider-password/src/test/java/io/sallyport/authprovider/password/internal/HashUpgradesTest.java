package io.sallyport.authprovider.password.internal;

import static io.sallyport.authprovider.password.internal.TestUserstore.stored;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Secret;
import io.sallyport.authprovider.password.internal.ProviderUnderTest.Options;
import io.sallyport.authprovider.password.internal.hash.Argon2Scheme;
import io.sallyport.spi.PasswordUpdates;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashUpgradesTest {

  private static final String RIGHT = "open sesame";
  private static final String NEW = "$argon2id$v=19$m=64,t=1,p=1$";

  private static final String WEAKER =
      Argon2Scheme.load().hash(ProviderUnderTest.WEAKER, RIGHT.getBytes(UTF_8));

  /** The case ctx-017 of legacy-context.json, made by passlib, and its password. */
  private static final String SHA256_CRYPT =
      "$5$rounds=1000$K8zvAzRKFODcSgAU$7Sf4ZEEKe1C4rrKaBAVmc80uvGjDgMx/jxFqK.Ewpu/";

  private static final String ITS_PASSWORD = "pwoOwkO";

  private static final Secret KEY_1 = Secret.ofText("a key of no less than 32 bytes. No. 1");
  private static final Secret KEY_2 = Secret.ofText("a key of no less than 32 bytes. No. 2");

  private final AtomicInteger writes = new AtomicInteger();
  private ProviderUnderTest tested = new ProviderUnderTest();

  @AfterEach
  void close() {
    tested.close();
  }

  private void with(Options options) {
    tested.close();
    tested = new ProviderUnderTest(options);
  }

  /** As a store does: in one step, and only if the hash is still that one. */
  private PasswordUpdates comparing(ProviderUnderTest provider) {
    return (id, expected, replacement) -> {
      writes.incrementAndGet();
      String name = id.substring("id-".length());
      if (!provider.main.hashOf(name).matches(expected)) {
        return false;
      }
      provider.main.add(name, stored(replacement.revealText()));
      return true;
    };
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited for 30 seconds");
      }
      Thread.onSpinWait();
    }
  }

  private void settle() {
    until(() -> tested.upgrades.pending() == 0);
  }

  private String hashOf(String name) {
    return tested.main.hashOf(name).revealText();
  }

  @Test
  void replacesAWeakHashByANewOneOfTheSamePassword() {
    tested.main.add("alice", stored(WEAKER)).updatedBy(comparing(tested));

    AuthenticationResult result = tested.signIn("alice", RIGHT);
    settle();

    assertThat(result).isInstanceOf(Authenticated.class);
    assertThat(hashOf("alice")).startsWith(NEW);
    assertThat(tested.signIn("alice", RIGHT)).isInstanceOf(Authenticated.class);
    assertThat(tested.signIn("alice", "open sesamf")).isInstanceOf(Rejected.class);
  }

  @Test
  void replacesAHashOfAnotherScheme() {
    tested.main.add("alice", stored(SHA256_CRYPT)).updatedBy(comparing(tested));

    tested.signIn("alice", ITS_PASSWORD);
    settle();

    assertThat(hashOf("alice")).startsWith(NEW);
    assertThat(tested.signIn("alice", ITS_PASSWORD)).isInstanceOf(Authenticated.class);
  }

  @Test
  void needsNoOtherCheckForThePasswordWhoseHashItHasReplaced() {
    tested.main.add("alice", stored(WEAKER)).updatedBy(comparing(tested));
    tested.signIn("alice", RIGHT);
    settle();
    tested.computed.clear();

    tested.signIn("alice", RIGHT);

    assertThat(tested.computed).isEmpty();
    assertThat(writes).as("a new hash is not outdated").hasValue(1);
  }

  /** What is remembered ends a time after the password was checked, not after it was hashed anew. */
  @Test
  void doesNotProlongWhatIsRemembered() {
    CountDownLatch written = new CountDownLatch(1);
    PasswordUpdates slow = comparing(tested);
    tested.main.add("alice", stored(WEAKER)).updatedBy((id, expected, replacement) -> {
      awaitQuietly(written);
      return slow.replaceHash(id, expected, replacement);
    });
    tested.signIn("alice", RIGHT);
    tested.pass(ProviderUnderTest.CACHED);
    written.countDown();
    settle();
    tested.computed.clear();

    tested.signIn("alice", RIGHT);

    assertThat(tested.computed).hasSize(1);
  }

  @Test
  void leavesAGoodHashAlone() {
    String good = ProviderUnderTest.hash(RIGHT);
    tested.main.add("alice", stored(good)).updatedBy(comparing(tested));

    tested.signIn("alice", RIGHT);

    assertThat(tested.upgrades.pending()).isZero();
    assertThat(writes).hasValue(0);
  }

  @Test
  void replacesNothingAfterAWrongPasswordOrForALockedUser() {
    tested.main.add("alice", stored(WEAKER)).updatedBy(comparing(tested));
    tested.main.add(
        TestUserstore.build(TestUserstore.user("bob").credential(stored(WEAKER)).locked(true)));

    tested.signIn("alice", "wrong");
    tested.signIn("bob", RIGHT);

    assertThat(tested.upgrades.pending()).isZero();
    assertThat(writes).hasValue(0);
  }

  @Test
  void doesNotMakeALoginWaitForASlowStoreNorHashThere() {
    CountDownLatch blocked = new CountDownLatch(1);
    PasswordUpdates updates = comparing(tested);
    tested.main.add("alice", stored(WEAKER)).updatedBy((id, expected, replacement) -> {
      awaitQuietly(blocked);
      return updates.replaceHash(id, expected, replacement);
    });

    for (int i = 0; i < 10; i++) {
      assertThat(tested.signIn("alice", RIGHT)).isInstanceOf(Authenticated.class);
      tested.pass(ProviderUnderTest.CACHED);
    }

    assertThat(tested.upgrades.pending()).as("one at a time").isEqualTo(1);
    blocked.countDown();
    settle();
    assertThat(writes).hasValue(1);
    assertThat(hashOf("alice")).startsWith(NEW);
  }

  @Test
  void keepsANewerPasswordThatWasStoredMeanwhile() {
    CountDownLatch blocked = new CountDownLatch(1);
    PasswordUpdates updates = comparing(tested);
    tested.main.add("alice", stored(WEAKER)).updatedBy((id, expected, replacement) -> {
      awaitQuietly(blocked);
      return updates.replaceHash(id, expected, replacement);
    });
    tested.signIn("alice", RIGHT);
    String newer = ProviderUnderTest.hash("new password");
    tested.main.add("alice", stored(newer));

    blocked.countDown();
    settle();

    assertThat(hashOf("alice")).isEqualTo(newer);
    assertThat(tested.signIn("alice", RIGHT)).isInstanceOf(Rejected.class);
  }

  @Test
  void signsInWhenTheStoreFailsAndLeavesItAloneForAWhile() {
    tested.main.add("alice", stored(WEAKER)).updatedBy((id, expected, replacement) -> {
      writes.incrementAndGet();
      throw new IllegalStateException("disk full");
    });

    for (int i = 0; i < 3; i++) {
      assertThat(tested.signIn("alice", RIGHT)).isInstanceOf(Authenticated.class);
      settle();
      tested.verified.clear();
    }
    assertThat(writes).hasValue(1);
    tested.pass(StorePatience.FIRST_PAUSE);
    tested.signIn("alice", RIGHT);
    settle();

    assertThat(writes).hasValue(2);
    assertThat(hashOf("alice")).isEqualTo(WEAKER);
  }

  @Test
  void signsInWhenTheStoreCannotBeWritten() {
    tested.main.add("alice", stored(WEAKER));

    assertThat(tested.signIn("alice", RIGHT)).isInstanceOf(Authenticated.class);
    assertThat(tested.upgrades.pending()).isZero();
  }

  @Test
  void replacesNothingWhereItIsSwitchedOff() {
    with(new Options().withoutUpgrade());
    tested.main.add("alice", stored(WEAKER)).updatedBy(comparing(tested));

    tested.signIn("alice", RIGHT);

    assertThat(tested.upgrades.pending()).isZero();
    assertThat(writes).hasValue(0);
  }

  @Test
  void bringsUsersToAPepperAndToTheNextOneWithoutLockingAnybodyOut() {
    Map<String, Secret> both = Map.of("1", KEY_1, "2", KEY_2);
    String none = ProviderUnderTest.hash(RIGHT);

    String one = upgraded(none, new Pepper(Map.of("1", KEY_1), "1"));
    String two = upgraded(one, new Pepper(both, "2"));
    String back = upgraded(two, new Pepper(both, null));

    assertThat(one).startsWith("$sallyport-pepper$v=1" + NEW);
    assertThat(two).startsWith("$sallyport-pepper$v=2" + NEW);
    assertThat(back).startsWith(NEW);
    with(new Options().pepper(new Pepper(Map.of("2", KEY_2), "2")));
    tested.main.add("alice", stored(one));
    assertThat(tested.signIn("alice", RIGHT)).as("its key is gone").isInstanceOf(Rejected.class);
  }

  private String upgraded(String hash, Pepper pepper) {
    with(new Options().pepper(pepper));
    tested.main.add("alice", stored(hash)).updatedBy(comparing(tested));
    assertThat(tested.signIn("alice", RIGHT)).isInstanceOf(Authenticated.class);
    settle();
    assertThat(tested.signIn("alice", RIGHT)).isInstanceOf(Authenticated.class);
    return hashOf("alice");
  }

  @Test
  void endsWhatItWritesBeforeItIsClosedAndBeginsNothingThen() {
    PasswordUpdates updates = comparing(tested);
    CountDownLatch begun = new CountDownLatch(1);
    tested.main.add("alice", stored(WEAKER)).updatedBy((id, expected, replacement) -> {
      begun.countDown();
      return updates.replaceHash(id, expected, replacement);
    });
    tested.signIn("alice", RIGHT);
    awaitQuietly(begun);

    tested.close();

    assertThat(hashOf("alice")).startsWith(NEW);
    assertThat(tested.upgrades.pending()).isZero();
  }

  @Test
  void keepsABoundedNumberOfPasswords() {
    CountDownLatch blocked = new CountDownLatch(1);
    tested.main.updatedBy((id, expected, replacement) -> {
      awaitQuietly(blocked);
      return false;
    });
    for (int i = 0; i < 200; i++) {
      tested.main.add("user" + i, stored(WEAKER));
      assertThat(tested.signIn("user" + i, RIGHT)).isInstanceOf(Authenticated.class);
    }

    assertThat(tested.upgrades.pending()).isBetween(16, 64);
    blocked.countDown();
    settle();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      if (!latch.await(30, SECONDS)) {
        throw new AssertionError("waited for 30 seconds");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
