package io.sallyport.authprovider.password.internal;

import static io.sallyport.authprovider.password.internal.TestUserstore.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Credential;
import io.sallyport.authprovider.password.internal.ProviderUnderTest.Options;
import io.sallyport.spi.PasswordVerifier.Verdict;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Invariant 4: whatever is remembered, each request is judged by the present state of the user. */
class RememberedPasswordsTest {

  private static final String RIGHT = "open sesame";
  private static final String HASH = ProviderUnderTest.hash(RIGHT);

  private final ProviderUnderTest tested = new ProviderUnderTest();

  @BeforeEach
  void signInOnce() {
    tested.main.add("alice", stored(HASH));
    assertThat(tested.signIn("alice", RIGHT)).isInstanceOf(Authenticated.class);
    tested.computed.clear();
  }

  @AfterEach
  void close() {
    tested.close();
  }

  @Test
  void computesNothingForThePasswordThatWasRightAMomentAgoButReadsTheUserAndCounts() {
    int lookups = tested.main.lookups();

    assertThat(tested.signIn("alice", RIGHT)).isInstanceOf(Authenticated.class);

    assertThat(tested.computed).isEmpty();
    assertThat(tested.main.lookups()).isEqualTo(lookups + 1);
    assertThat(tested.attempts.record())
        .containsExactly("ADMITTED main/id-alice succeeded", "ADMITTED main/id-alice succeeded");
  }

  @Test
  void needsNoPlaceInThePool() {
    tested.pool.close();

    assertThat(tested.signIn("alice", RIGHT)).isInstanceOf(Authenticated.class);
    assertThatThrownBy(() -> tested.signIn("alice", "other"))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void computesAgainAtTheEndOfTheTimeHoweverOftenItWasUsed() {
    for (int i = 0; i < 299; i++) {
      tested.pass(Duration.ofSeconds(1));
      tested.signIn("alice", RIGHT);
    }
    assertThat(tested.computed).isEmpty();
    tested.pass(Duration.ofSeconds(1));

    assertThat(tested.signIn("alice", RIGHT)).isInstanceOf(Authenticated.class);
    assertThat(tested.computed).hasSize(1);
  }

  @Test
  void refusesTheOldPasswordAtOnceWhenThereIsANewOne() {
    tested.main.add("alice", stored(ProviderUnderTest.hash("new password")));

    assertThat(tested.signIn("alice", RIGHT)).isInstanceOf(Rejected.class);
    assertThat(tested.signIn("alice", "new password")).isInstanceOf(Authenticated.class);
    assertThat(tested.computed).hasSize(2);
  }

  @Test
  void computesForTheSamePasswordUnderAnotherSalt() {
    tested.main.add("alice", stored(ProviderUnderTest.hash(RIGHT)));

    assertThat(tested.signIn("alice", RIGHT)).isInstanceOf(Authenticated.class);
    assertThat(tested.computed).hasSize(1);
  }

  @Test
  void refusesWhoWasDeactivatedOrLockedSinceAtTheFullCost() {
    tested.main.add(
        TestUserstore.build(TestUserstore.user("alice").credential(stored(HASH)).active(false)));
    assertThat(((Rejected) tested.signIn("alice", RIGHT)).reason()).isEqualTo(Reason.INACTIVE);
    tested.main.add(
        TestUserstore.build(TestUserstore.user("alice").credential(stored(HASH)).locked(true)));
    assertThat(((Rejected) tested.signIn("alice", RIGHT)).reason()).isEqualTo(Reason.LOCKED);

    assertThat(tested.computed).hasSize(2);
  }

  @Test
  void refusesWhoIsLockedByFailuresSinceAtTheFullCost() {
    tested.attempts.lockAt(1);
    tested.signIn("alice", "wrong");
    tested.computed.clear();

    Rejected refused = (Rejected) tested.signIn("alice", RIGHT);

    assertThat(refused.reason()).isEqualTo(Reason.LOCKED);
    assertThat(refused.heldFor()).isEqualTo(ProviderUnderTest.PAD);
    assertThat(tested.computed).hasSize(1);
  }

  @Test
  void doesNotRememberWhatWasWrong() {
    tested.signIn("alice", "wrong");
    tested.signIn("alice", "wrong");

    assertThat(tested.computed).hasSize(2);
    assertThat(tested.verified.size()).isEqualTo(1);
  }

  @Test
  void tellsUsersApartThatHaveTheSameNameOrTheSameHash() {
    tested.main.add("bob", stored(HASH));
    tested.second.add("alice", stored(HASH));

    tested.signIn("bob", RIGHT);

    assertThat(tested.computed).hasSize(1);
  }

  @Test
  void asksTheStoreThatChecksPasswordsItselfEachTime() {
    AtomicInteger asked = new AtomicInteger();
    tested.main.add("ldap", new Credential.VerifiedByStore());
    tested.main.verifiedBy((id, password) -> {
      asked.incrementAndGet();
      return Verdict.VERIFIED;
    });

    tested.signIn("ldap", RIGHT);
    tested.signIn("ldap", RIGHT);

    assertThat(asked).hasValue(2);
  }

  @Test
  void countsAndWithholdsWhatSuchAStoreRefusesAndTakesAFailureOfItForNoAnswer() {
    tested.main.add("ldap", new Credential.VerifiedByStore());
    tested.main.verifiedBy((id, password) -> {
      if (password.revealText().equals("down")) {
        throw new UnavailableException("the directory is down", Duration.ofSeconds(5), null);
      }
      return Verdict.WRONG;
    });

    Rejected wrong = (Rejected) tested.signIn("ldap", "wrong");
    assertThatThrownBy(() -> tested.signIn("ldap", "down"))
        .isInstanceOf(UnavailableException.class);

    assertThat(wrong.heldFor()).isEqualTo(ProviderUnderTest.PAD);
    assertThat(tested.attempts.record())
        .endsWith("ADMITTED main/id-ldap failed", "ADMITTED main/id-ldap abandoned");
    assertThat(tested.attempts.isEachEndedOnce()).isTrue();
  }

  @Test
  void remembersNothingWhereItIsSwitchedOff() {
    try (ProviderUnderTest off = new ProviderUnderTest(new Options().withoutCache())) {
      off.main.add("alice", stored(HASH));

      off.signIn("alice", RIGHT);
      off.signIn("alice", RIGHT);

      assertThat(off.computed).hasSize(2);
    }
  }

  @Test
  void forgetsAllWhenTheProviderIsClosed() {
    tested.close();

    assertThat(tested.verified.size()).isZero();
  }
}
