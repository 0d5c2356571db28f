package io.sallyport.authprovider.password.internal;

import static io.sallyport.authprovider.password.internal.TestUserstore.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.AuthenticationResult.Throttled;
import io.sallyport.api.User;
import io.sallyport.authprovider.password.internal.hash.Argon2Scheme;
import io.sallyport.authprovider.password.internal.hash.HashCost;
import io.sallyport.spi.LoginAttempts.Account;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invariant 5: who is refused cannot tell why, neither by the answer nor by its time nor by what counts. */
class NoOracleTest {

  private static final String RIGHT = "open sesame";
  private static final String HASH = ProviderUnderTest.hash(RIGHT);
  private static final int LIMIT = 3;

  /** The case ctx-017 of legacy-context.json, made by passlib. */
  private static final String OTHER_SCHEME =
      "$5$rounds=1000$K8zvAzRKFODcSgAU$7Sf4ZEEKe1C4rrKaBAVmc80uvGjDgMx/jxFqK.Ewpu/";

  private final ProviderUnderTest tested = new ProviderUnderTest();

  @AfterEach
  void close() {
    tested.close();
  }

  static Stream<Arguments> refusals() {
    User.Builder known = TestUserstore.user("known").credential(stored(HASH));
    User.Builder inactive =
        TestUserstore.user("inactive").credential(stored(HASH)).active(false);
    User.Builder locked = TestUserstore.user("locked").credential(stored(HASH)).locked(true);
    User.Builder both =
        TestUserstore.user("both").credential(stored(HASH)).active(false).locked(true);
    return Stream.of(
        Arguments.of(known, "wrong", Reason.WRONG_CREDENTIALS),
        Arguments.of(inactive, "wrong", Reason.INACTIVE),
        Arguments.of(inactive, RIGHT, Reason.INACTIVE),
        Arguments.of(locked, "wrong", Reason.LOCKED),
        Arguments.of(locked, RIGHT, Reason.LOCKED),
        Arguments.of(both, RIGHT, Reason.INACTIVE),
        Arguments.of(TestUserstore.user("nopassword"), "wrong", Reason.WRONG_CREDENTIALS),
        Arguments.of(
            TestUserstore.user("unreadable").credential(stored("!")),
            "!",
            Reason.WRONG_CREDENTIALS),
        Arguments.of(
            TestUserstore.user("dear").credential(stored(HASH.replace("m=64", "m=2000000"))),
            RIGHT,
            Reason.WRONG_CREDENTIALS),
        Arguments.of(
            TestUserstore.user("peppered").credential(stored("$sallyport-pepper$v=1" + HASH)),
            RIGHT,
            Reason.WRONG_CREDENTIALS));
  }

  /**
   * The time of sha-crypt grows with the password, which the guesser chooses. If all lengths counted as one
   * kind, many short guesses would hide how long a long one takes, and the next long one would tell.
   */
  @Test
  void learnsTheTimeOfLongPasswordsApartFromThatOfShortOnesWhereItDiffers() {
    tested.main.add("other", stored(OTHER_SCHEME));
    tested.main.add("known", stored(HASH));

    for (int length : List.of(10, 10, 4096)) {
      tested.signIn("other", "x".repeat(length));
      tested.signIn("known", "x".repeat(length));
    }

    assertThat(tested.times.kinds())
        .extracting(HashCost::parameters)
        .contains("rounds=1000,bytes=10", "rounds=1000,bytes=4096")
        .hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWithTheAnswerTheCostTheTimeAndTheCountOfAnUnknownUser(
      User.Builder builder, String password, Reason reason) {
    User user = TestUserstore.build(builder);
    tested.main.add(user);

    Rejected refused = (Rejected) tested.signIn(user.name(), password);
    Rejected unknown = (Rejected) tested.signIn("nobody", password);

    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(refused.detail().replace(user.name(), "nobody")).isEqualTo(unknown.detail());
    assertThat(refused.claimedName()).isEqualTo(user.name());
    assertThat(refused.heldFor()).isEqualTo(unknown.heldFor()).isEqualTo(ProviderUnderTest.PAD);
    assertThat(tested.computed).containsExactly(ProviderUnderTest.COST, ProviderUnderTest.COST);
    assertThat(tested.attempts.record())
        .containsExactly("ADMITTED main/" + user.id() + " failed", "ADMITTED ?/nobody failed");
  }

  @Test
  void withholdsTheRefusalOfAnotherSchemeJustAsLong() {
    tested.main.add("legacy", stored(OTHER_SCHEME));

    Rejected refused = (Rejected) tested.signIn("legacy", "wrong");

    assertThat(refused.heldFor()).isEqualTo(ProviderUnderTest.PAD);
    assertThat(tested.attempts.record()).containsExactly("ADMITTED main/id-legacy failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {RIGHT, "wrong"})
  void refusesALockedAccountAsItDoesAnUnknownOneWhateverThePassword(String password) {
    tested.attempts.lockAt(LIMIT);
    tested.main.add("known", stored(HASH));
    for (int i = 0; i < LIMIT; i++) {
      tested.signIn("known", "wrong" + i);
      tested.signIn("nobody", "wrong" + i);
    }
    tested.computed.clear();

    Rejected known = (Rejected) tested.signIn("known", password);
    Rejected unknown = (Rejected) tested.signIn("nobody", password);

    assertThat(List.of(known.reason(), unknown.reason())).containsOnly(Reason.LOCKED);
    assertThat(known.heldFor()).isEqualTo(unknown.heldFor()).isEqualTo(ProviderUnderTest.PAD);
    assertThat(tested.computed).containsExactly(ProviderUnderTest.COST, ProviderUnderTest.COST);
    assertThat(tested.attempts.failures(new Account("main", "id-known"))).isEqualTo(LIMIT + 1);
    assertThat(tested.attempts.failures(Account.unknown("nobody"))).isEqualTo(LIMIT + 1);
    assertThat(tested.attempts.isEachEndedOnce()).isTrue();
  }

  @Test
  void doesNotTellByTheOrderOfItsQuestionsThatThePasswordOfALockedAccountIsRight() {
    tested.attempts.lockAt(1);
    tested.main.add("known", stored(HASH));
    tested.signIn("known", "wrong");
    // from the second question on, this client gets 429; a wrong password asks only once
    tested.attempts.throttleAfter("192.0.2.9", 1);

    var right = tested.provider.authenticate(TestRequest.basic("known", RIGHT).from("192.0.2.9"));

    assertThat(right)
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.heldFor()).isEqualTo(ProviderUnderTest.PAD));
    assertThat(tested.attempts.isEachEndedOnce()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {RIGHT, "wrong"})
  void looksAtNothingThatAThrottledClientPresents(String password) {
    tested.main.add("known", stored(HASH));
    tested.signIn("known", RIGHT);
    tested.computed.clear();
    tested.attempts.throttle("192.0.2.1");

    assertThat(tested.signIn("known", password))
        .isEqualTo(new Throttled(RecordedAttempts.RETRY_AFTER, "known"));
    assertThat(tested.signIn("nobody", password))
        .isEqualTo(new Throttled(RecordedAttempts.RETRY_AFTER, "nobody"));
    assertThat(tested.computed).isEmpty();
    assertThat(tested.attempts.isEachEndedOnce()).isTrue();
  }

  @Test
  void countsByTheUserAndNotByTheSpelling() {
    tested.attempts.lockAt(2);
    User user = TestUserstore.build(TestUserstore.user("known").credential(stored(HASH)));
    tested.main.add(user).addAs("known@example.org", user).addAs("KNOWN", user);

    tested.signIn("known", "wrong");
    tested.signIn("known@example.org", "wrong");

    assertThat(((Rejected) tested.signIn("KNOWN", RIGHT)).reason()).isEqualTo(Reason.LOCKED);
  }

  @Test
  void withholdsNoSuccess() {
    tested.main.add("known", stored(HASH));

    assertThat(tested.signIn("known", RIGHT)).isInstanceOf(Authenticated.class);
    assertThat(tested.attempts.record()).containsExactly("ADMITTED main/id-known succeeded");
  }

  @Test
  void withholdsFromTheStartOfTheComputation() {
    Argon2Scheme scheme = Argon2Scheme.load();
    ProviderUnderTest[] slow = new ProviderUnderTest[1];
    ProviderUnderTest.Options options = new ProviderUnderTest.Options()
        .backend((parameters, password, salt, length) -> {
          if (slow[0] != null) {
            slow[0].pass(java.time.Duration.ofMillis(250));
          }
          return new byte[length];
        });
    try (ProviderUnderTest tested = new ProviderUnderTest(options)) {
      slow[0] = tested;
      tested.main.add(
          "known",
          stored(scheme.hash(ProviderUnderTest.COST, RIGHT.getBytes(StandardCharsets.UTF_8))));

      Rejected wrong = (Rejected) tested.signIn("known", RIGHT);

      assertThat(wrong.heldFor()).isEqualTo(ProviderUnderTest.PAD.minusMillis(250));
    }
  }
}
