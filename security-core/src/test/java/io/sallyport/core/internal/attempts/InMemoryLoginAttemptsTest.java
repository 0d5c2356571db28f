package io.sallyport.core.internal.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spi.LoginAttempt;
import io.sallyport.spi.LoginAttempt.Standing;
import io.sallyport.spi.LoginAttempts.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InMemoryLoginAttemptsTest {

  private static final Duration LOCK = Duration.ofMinutes(15);
  private static final Duration WINDOW = Duration.ofMinutes(15);
  private static final Duration SLICE = Duration.ofMinutes(1);
  private static final Duration FAMILIAR = Duration.ofDays(30);
  private static final Duration BLINK = Duration.ofMillis(1);
  private static final int FAILURES = 5;
  private static final int CLIENT_FAILURES = 20;
  private static final Account ALICE = new Account("main", "alice");
  private static final Account BOB = new Account("main", "bob");
  private static final Account NOBODY = Account.unknown("nobody");
  private static final String HOME = "192.0.2.1";
  private static final String AFAR = "198.51.100.7";

  private final MovableClock clock = new MovableClock();
  private final InMemoryLoginAttempts attempts = attempts(CLIENT_FAILURES, 1_000);

  private InMemoryLoginAttempts attempts(int clientFailures, int tracked) {
    return new InMemoryLoginAttempts(
        new AttemptLimits(
            FailureLimit.of(FAILURES, LOCK),
            FailureLimit.of(clientFailures, WINDOW),
            FAMILIAR,
            tracked),
        SteadyTime.of(clock, System::nanoTime));
  }

  private void fail(Account account, String client, int times) {
    for (int i = 0; i < times; i++) {
      attempts.begin(account, client).failed();
    }
  }

  private void signIn(Account account, String client) {
    attempts.begin(account, client).succeeded();
  }

  /** Looks without leaving anything behind. */
  private Standing standing(Account account, String client) {
    return standing(attempts, account, client);
  }

  private static Standing standing(InMemoryLoginAttempts attempts, Account account, String client) {
    LoginAttempt attempt = attempts.begin(account, client);
    attempt.abandoned();
    return attempt.standing();
  }

  static List<Account> accounts() {
    return List.of(ALICE, NOBODY);
  }

  // --- the account

  @ParameterizedTest
  @MethodSource("accounts")
  void theFifthFailureLocksKnownAndUnknownNamesAlike(Account account) {
    fail(account, HOME, FAILURES - 1);
    assertThat(standing(account, AFAR)).isEqualTo(Standing.ADMITTED);
    assertThat(attempts.isLocked(account)).isFalse();

    fail(account, HOME, 1);

    assertThat(standing(account, AFAR)).isEqualTo(Standing.LOCKED);
    assertThat(attempts.isLocked(account)).isTrue();
    assertThat(attempts.isLocked(BOB)).isFalse();
    assertThat(standing(BOB, HOME)).isEqualTo(Standing.ADMITTED);
  }

  @Test
  void theLockEndsByItselfAndThenTakesTheFullNumberAgain() {
    fail(ALICE, HOME, FAILURES);

    clock.advance(LOCK.minus(BLINK));
    assertThat(attempts.isLocked(ALICE)).isTrue();
    clock.advance(BLINK);
    assertThat(attempts.isLocked(ALICE)).isFalse();

    fail(ALICE, HOME, FAILURES - 1);
    assertThat(standing(ALICE, HOME)).isEqualTo(Standing.ADMITTED);
    fail(ALICE, HOME, 1);
    assertThat(standing(ALICE, HOME)).isEqualTo(Standing.LOCKED);
  }

  @Test
  void tryingDuringTheLockDoesNotExtendIt() {
    fail(ALICE, HOME, FAILURES);

    for (int minute = 0; minute < 14; minute++) {
      clock.advance(Duration.ofMinutes(1));
      fail(ALICE, "203.0.113." + minute, 10);
    }
    clock.advance(Duration.ofMinutes(1));

    assertThat(attempts.isLocked(ALICE)).isFalse();
    assertThat(standing(ALICE, AFAR)).isEqualTo(Standing.ADMITTED);
  }

  @Test
  void aFailureCountsForTheFullTimeAndAtMostASliceLonger() {
    fail(ALICE, HOME, FAILURES - 1);

    clock.advance(WINDOW.minus(BLINK));
    fail(ALICE, AFAR, 1);
    assertThat(attempts.isLocked(ALICE)).isTrue();

    attempts.unlock(ALICE);
    fail(ALICE, HOME, FAILURES - 1);
    clock.advance(WINDOW.plus(SLICE));
    fail(ALICE, AFAR, FAILURES - 1);
    assertThat(attempts.isLocked(ALICE)).isFalse();
  }

  @Test
  void onlyThePasswordOfAStrangerResetsWhatStrangersHaveFailed() {
    fail(ALICE, AFAR, FAILURES - 1);

    signIn(ALICE, HOME);
    fail(ALICE, AFAR, FAILURES - 1);
    assertThat(attempts.isLocked(ALICE)).isFalse();

    // from now on home is familiar: one who guesses from afar gains nothing by its coming in
    signIn(ALICE, HOME);
    fail(ALICE, AFAR, 1);
    assertThat(attempts.isLocked(ALICE)).isTrue();
  }

  // --- reservations

  @Test
  void of200AttemptsAtTheSameMomentExactlyAsManyAreAdmittedAsMayFail() throws Exception {
    InMemoryLoginAttempts wide = attempts(10_000, 1_000);
    for (Account account : List.of(ALICE, NOBODY)) {
      List<LoginAttempt> begun = inParallel(200, () -> wide.begin(account, HOME));

      assertThat(begun).filteredOn(a -> a.standing() == Standing.ADMITTED).hasSize(FAILURES);
      assertThat(begun).filteredOn(a -> a.standing() == Standing.LOCKED).hasSize(200 - FAILURES);
    }
  }

  @Test
  void of200AttemptsOfAFamiliarClientExactlyAsManyAreAdmittedAsMayFail() throws Exception {
    InMemoryLoginAttempts wide = attempts(10_000, 1_000);
    wide.begin(ALICE, HOME).succeeded();

    List<LoginAttempt> begun = inParallel(200, () -> wide.begin(ALICE, HOME));

    assertThat(begun).allMatch(LoginAttempt::isFamiliar);
    assertThat(begun).filteredOn(a -> a.standing() == Standing.ADMITTED).hasSize(FAILURES);
  }

  @Test
  void of200AttemptsOfAClientExactlyAsManyPassAsMayFail() throws Exception {
    List<LoginAttempt> begun = inParallel(
        200, () -> attempts.begin(Account.unknown(Thread.currentThread().getName()), HOME));

    assertThat(begun).filteredOn(a -> a.standing() != Standing.THROTTLED).hasSize(CLIENT_FAILURES);
  }

  @Test
  void noFailureIsLostWhereManyFailAtOnce() throws Exception {
    InMemoryLoginAttempts wide = attempts(10_000, 1_000);

    inParallel(200, () -> {
      LoginAttempt attempt = wide.begin(ALICE, HOME);
      attempt.failed();
      return attempt;
    });

    assertThat(wide.isLocked(ALICE)).isTrue();
  }

  @Test
  void givesBackExactlyItsOwnPlaceWhenAbandoned() {
    List<LoginAttempt> begun = new ArrayList<>();
    for (int i = 0; i < FAILURES; i++) {
      begun.add(attempts.begin(ALICE, HOME));
    }
    assertThat(standing(ALICE, AFAR)).isEqualTo(Standing.LOCKED);

    begun.get(0).abandoned();
    begun.get(0).abandoned();
    LoginAttempt another = attempts.begin(ALICE, AFAR);

    assertThat(another.standing()).isEqualTo(Standing.ADMITTED);
    assertThat(standing(ALICE, AFAR)).isEqualTo(Standing.LOCKED);
    assertThat(attempts.isLocked(ALICE)).isFalse();
  }

  @Test
  void ofSeveralEndsTheFirstCounts() {
    LoginAttempt attempt = attempts.begin(ALICE, HOME);

    attempt.failed();
    attempt.abandoned();
    attempt.succeeded();
    attempt.failed();
    fail(ALICE, HOME, FAILURES - 2);

    assertThat(attempts.isLocked(ALICE)).isFalse();
    fail(ALICE, HOME, 1);
    assertThat(attempts.isLocked(ALICE)).isTrue();
    assertThat(attempts.begin(ALICE, HOME).isFamiliar()).isFalse();
  }

  @Test
  void successForgetsFailuresButNotTheGuessesOfOthersThatAreUnderWay() {
    fail(ALICE, AFAR, 1);
    List<LoginAttempt> guesses = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      guesses.add(attempts.begin(ALICE, AFAR));
    }

    signIn(ALICE, HOME);
    guesses.forEach(LoginAttempt::failed);
    fail(ALICE, AFAR, 1);
    assertThat(attempts.isLocked(ALICE)).isFalse();

    fail(ALICE, AFAR, 1);
    assertThat(attempts.isLocked(ALICE)).isTrue();
  }

  @Test
  void aPlaceWhoseEndIsNeverToldIsFreeAgainInTheEnd() {
    for (int i = 0; i < FAILURES; i++) {
      attempts.begin(ALICE, HOME);
    }

    clock.advance(WINDOW.minus(BLINK));
    assertThat(standing(ALICE, AFAR)).isEqualTo(Standing.LOCKED);
    clock.advance(SLICE.plus(BLINK));
    assertThat(standing(ALICE, AFAR)).isEqualTo(Standing.ADMITTED);
  }

  @Test
  void anEndThatIsToldAfterItsPlaceWasForgottenTakesNobodyElsesPlace() {
    LoginAttempt late = attempts.begin(ALICE, HOME);
    clock.advance(WINDOW.plus(SLICE));
    fail(ALICE, HOME, FAILURES - 1);

    late.abandoned();
    fail(ALICE, HOME, 1);

    assertThat(attempts.isLocked(ALICE)).isTrue();
  }

  @Test
  void anAttemptWithoutAPlaceThatFailsCountsUnlessTheAccountIsLockedByThen() {
    List<LoginAttempt> reserved = new ArrayList<>();
    for (int i = 0; i < FAILURES; i++) {
      reserved.add(attempts.begin(ALICE, HOME));
    }
    LoginAttempt without = attempts.begin(ALICE, AFAR);
    LoginAttempt late = attempts.begin(ALICE, AFAR);
    assertThat(without.standing()).isEqualTo(Standing.LOCKED);

    reserved.subList(0, FAILURES - 1).forEach(LoginAttempt::failed);
    reserved.get(FAILURES - 1).abandoned();
    assertThat(attempts.isLocked(ALICE)).isFalse();
    without.failed();
    assertThat(attempts.isLocked(ALICE)).isTrue();
    late.failed();

    clock.advance(LOCK);
    fail(ALICE, HOME, FAILURES - 1);
    assertThat(attempts.isLocked(ALICE)).isFalse();
  }

  @Test
  void guessesThatAreBegunInALockAndOutlastItAreCounted() {
    fail(ALICE, HOME, FAILURES);
    clock.advance(LOCK.minus(BLINK));
    List<LoginAttempt> guesses = new ArrayList<>();
    for (int i = 0; i < FAILURES; i++) {
      guesses.add(attempts.begin(ALICE, AFAR));
    }

    clock.advance(BLINK);
    guesses.subList(1, FAILURES).forEach(LoginAttempt::failed);
    assertThat(attempts.isLocked(ALICE)).isFalse();
    guesses.get(0).failed();

    assertThat(attempts.isLocked(ALICE)).isTrue();
  }

  @Test
  void aRightPasswordOfALockedAttemptChangesNothing() {
    fail(ALICE, HOME, FAILURES);

    signIn(ALICE, HOME);

    assertThat(attempts.isLocked(ALICE)).isTrue();
    assertThat(attempts.begin(ALICE, HOME).isFamiliar()).isFalse();
  }

  // --- familiar clients

  @Test
  void nobodyLocksAFamiliarClientOutFromAfar() {
    signIn(ALICE, HOME);

    fail(ALICE, AFAR, FAILURES);

    LoginAttempt home = attempts.begin(ALICE, HOME);
    assertThat(home.standing()).isEqualTo(Standing.ADMITTED);
    assertThat(home.isFamiliar()).isTrue();
    assertThat(standing(ALICE, "203.0.113.9")).isEqualTo(Standing.LOCKED);
    home.succeeded();
    assertThat(attempts.isLocked(ALICE)).isTrue();
  }

  @Test
  void aFamiliarClientHasACounterAndALockOfItsOwn() {
    signIn(ALICE, HOME);

    fail(ALICE, HOME, FAILURES - 1);
    assertThat(standing(ALICE, HOME)).isEqualTo(Standing.ADMITTED);
    fail(ALICE, HOME, 1);

    assertThat(standing(ALICE, HOME)).isEqualTo(Standing.LOCKED);
    assertThat(attempts.isLocked(ALICE)).isFalse();
    assertThat(standing(ALICE, AFAR)).isEqualTo(Standing.ADMITTED);
    clock.advance(LOCK);
    assertThat(standing(ALICE, HOME)).isEqualTo(Standing.ADMITTED);
  }

  @Test
  void itsSuccessResetsItsOwnCounter() {
    signIn(ALICE, HOME);
    fail(ALICE, HOME, FAILURES - 1);

    signIn(ALICE, HOME);
    fail(ALICE, HOME, FAILURES - 1);

    assertThat(standing(ALICE, HOME)).isEqualTo(Standing.ADMITTED);
  }

  @Test
  void aClientIsFamiliarFor30DaysFromItsLastSignIn() {
    signIn(ALICE, HOME);
    clock.advance(FAMILIAR.minus(BLINK));
    assertThat(attempts.begin(ALICE, HOME).isFamiliar()).isTrue();
    clock.advance(BLINK);
    assertThat(attempts.begin(ALICE, HOME).isFamiliar()).isFalse();
  }

  @Test
  void isFamiliarWithOneAccountAndNoOther() {
    signIn(ALICE, HOME);

    assertThat(attempts.begin(BOB, HOME).isFamiliar()).isFalse();
    assertThat(attempts.begin(new Account("other", "alice"), HOME).isFamiliar()).isFalse();
    assertThat(attempts.begin(Account.unknown("alice"), HOME).isFamiliar()).isFalse();
  }

  @Test
  void anAccountKnowsTheClientsThatSignedInLast() {
    for (int i = 0; i <= AccountRecord.MOST_FAMILIAR; i++) {
      signIn(ALICE, "10.0.0." + i);
      clock.advance(BLINK);
    }
    signIn(ALICE, "10.0.0.5");

    assertThat(attempts.begin(ALICE, "10.0.0.0").isFamiliar()).isFalse();
    assertThat(attempts.begin(ALICE, "10.0.0.1").isFamiliar()).isTrue();
    assertThat(attempts.begin(ALICE, "10.0.0.5").isFamiliar()).isTrue();
  }

  @Test
  void whatCountsAgainstAFamiliarClientStaysAsOthersSignIn() {
    signIn(ALICE, HOME);
    fail(ALICE, HOME, FAILURES - 1);

    signIn(ALICE, AFAR);
    signIn(ALICE, "203.0.113.9");
    fail(ALICE, HOME, 1);

    assertThat(standing(ALICE, HOME)).isEqualTo(Standing.LOCKED);
    assertThat(standing(ALICE, AFAR)).isEqualTo(Standing.ADMITTED);
  }

  @Test
  void aFamiliarClientThatHasFailedIsNotForgottenForAnother() {
    for (int i = 0; i < AccountRecord.MOST_FAMILIAR; i++) {
      signIn(ALICE, "10.0.0." + i);
      fail(ALICE, "10.0.0." + i, 1);
    }

    signIn(ALICE, AFAR);

    assertThat(attempts.begin(ALICE, AFAR).isFamiliar()).isFalse();
    assertThat(attempts.begin(ALICE, "10.0.0.0").isFamiliar()).isTrue();
  }

  // --- the client

  @Test
  void tooManyFailuresFromOneClientThrottleItForEveryNameAndNobodyElse() {
    signIn(ALICE, HOME);
    for (int i = 0; i < CLIENT_FAILURES - 1; i++) {
      fail(Account.unknown("name" + i), HOME, 1);
    }
    assertThat(standing(BOB, HOME)).isEqualTo(Standing.ADMITTED);

    fail(Account.unknown("last"), HOME, 1);

    for (Account account : List.of(ALICE, BOB, NOBODY)) {
      LoginAttempt attempt = attempts.begin(account, HOME);
      assertThat(attempt.standing()).isEqualTo(Standing.THROTTLED);
      assertThat(attempt.retryAfter()).isEqualTo(WINDOW.plus(SLICE));
      assertThat(attempt.isFamiliar()).isFalse();
    }
    assertThat(standing(BOB, AFAR)).isEqualTo(Standing.ADMITTED);
  }

  @Test
  void isAdmittedAgainWhenItWasToldTo() {
    fail(ALICE, HOME, CLIENT_FAILURES / 2);
    clock.advance(Duration.ofMinutes(5));
    fail(BOB, HOME, CLIENT_FAILURES / 2);
    Duration wait = attempts.begin(NOBODY, HOME).retryAfter();

    clock.advance(wait.minus(BLINK));
    assertThat(standing(NOBODY, HOME)).isEqualTo(Standing.THROTTLED);
    clock.advance(BLINK);
    assertThat(standing(NOBODY, HOME)).isEqualTo(Standing.ADMITTED);
    // half of the failures still count
    fail(NOBODY, HOME, CLIENT_FAILURES / 2);
    assertThat(standing(NOBODY, HOME)).isEqualTo(Standing.THROTTLED);
  }

  @Test
  void whatAThrottledAttemptSaysOfItsEndChangesNothing() {
    fail(NOBODY, HOME, CLIENT_FAILURES);
    List<Consumer<LoginAttempt>> ends =
        List.of(LoginAttempt::failed, LoginAttempt::succeeded, LoginAttempt::abandoned);

    for (int i = 0; i < FAILURES; i++) {
      ends.forEach(end -> end.accept(attempts.begin(ALICE, HOME)));
    }

    assertThat(standing(ALICE, HOME)).isEqualTo(Standing.THROTTLED);
    LoginAttempt elsewhere = attempts.begin(ALICE, AFAR);
    assertThat(elsewhere.standing()).isEqualTo(Standing.ADMITTED);
    clock.advance(WINDOW.plus(SLICE));
    assertThat(standing(ALICE, HOME)).isEqualTo(Standing.ADMITTED);
  }

  @Test
  void countsLockedAttemptsAndThoseOfFamiliarClientsAndIsNotResetByAGoodAccount() {
    signIn(ALICE, HOME);
    fail(ALICE, HOME, CLIENT_FAILURES - 2);
    signIn(BOB, HOME);
    assertThat(standing(BOB, HOME)).isEqualTo(Standing.ADMITTED);

    fail(BOB, HOME, 2);

    assertThat(standing(BOB, HOME)).isEqualTo(Standing.THROTTLED);
  }

  // --- unlocking

  @Test
  void unlockEndsTheLockForStrangersAndFamiliarClientsAndForgetsTheFailures() {
    signIn(ALICE, HOME);
    fail(ALICE, HOME, FAILURES);
    fail(ALICE, AFAR, FAILURES);

    assertThat(attempts.unlock(ALICE)).isTrue();

    assertThat(standing(ALICE, HOME)).isEqualTo(Standing.ADMITTED);
    assertThat(standing(ALICE, AFAR)).isEqualTo(Standing.ADMITTED);
    fail(ALICE, AFAR, FAILURES - 1);
    assertThat(attempts.isLocked(ALICE)).isFalse();
    assertThat(attempts.unlock(ALICE)).isFalse();
  }

  @Test
  void whatWasNeverTriedIsNotLockedAndCannotBeUnlocked() {
    assertThat(attempts.isLocked(ALICE)).isFalse();
    assertThat(attempts.unlock(ALICE)).isFalse();
    assertThat(attempts.isLocked(NOBODY)).isFalse();
    assertThat(attempts.unlock(NOBODY)).isFalse();
  }

  // --- bounded

  /** Invariant 7: what is sent cannot grow memory without bound. */
  @Test
  void aFloodOfInventedNamesIsBoundedAndForgetsNothingThatCounts() {
    InMemoryLoginAttempts wide = attempts(Integer.MAX_VALUE, 1_000);
    Account first = Account.unknown("first");
    failOn(wide, first, HOME, FAILURES - 1);
    failOn(wide, ALICE, HOME, FAILURES - 1);

    for (int i = 0; i < 1_000_000; i++) {
      wide.begin(Account.unknown("flood" + i), HOME).failed();
    }

    assertThat(wide.trackedNames()).isEqualTo(1_000);
    failOn(wide, first, HOME, 1);
    assertThat(wide.isLocked(first)).isTrue();
    failOn(wide, ALICE, HOME, 1);
    assertThat(wide.isLocked(ALICE)).isTrue();
    // a million failures in so many shared counters have locked all of them
    assertThat(wide.isLocked(Account.unknown("flood999999"))).isTrue();
    assertThat(standing(wide, BOB, AFAR)).isEqualTo(Standing.ADMITTED);
  }

  @Test
  void aFloodOfClientsIsBoundedAndDoesNotThrottleOthers() {
    InMemoryLoginAttempts narrow = attempts(CLIENT_FAILURES, 1_000);

    for (int i = 0; i < 100_000; i++) {
      narrow
          .begin(Account.unknown("name"), "2001:db8:" + Integer.toHexString(i) + "::/64")
          .failed();
    }

    assertThat(narrow.trackedClients()).isEqualTo(1_000);
    assertThat(standing(narrow, BOB, AFAR)).isEqualTo(Standing.ADMITTED);
  }

  @Test
  void whatFindsNoRoomIsCountedAllTheSameAndHasItsOwnPlaceOnceThereIsRoom() {
    InMemoryLoginAttempts narrow = attempts(Integer.MAX_VALUE, 1_000);
    for (int i = 0; i < 1_000; i++) {
      narrow.begin(new Account("main", "user" + i), HOME).failed();
    }
    failOn(narrow, ALICE, HOME, FAILURES - 1);
    assertThat(narrow.isLocked(ALICE)).isFalse();
    failOn(narrow, ALICE, HOME, 1);
    assertThat(narrow.isLocked(ALICE)).isTrue();
    assertThat(narrow.unlock(ALICE)).isTrue();

    clock.advance(WINDOW.plus(SLICE));
    narrow.begin(ALICE, HOME).succeeded();

    assertThat(narrow.begin(ALICE, HOME).isFamiliar()).isTrue();
  }

  @Test
  void aSharedCounterIsNeitherResetByWhomeverSharesItNorMakesAnybodyFamiliar() {
    InMemoryLoginAttempts narrow = attempts(Integer.MAX_VALUE, 1_000);
    for (int i = 0; i < 1_000; i++) {
      narrow.begin(new Account("main", "user" + i), HOME).failed();
    }
    failOn(narrow, ALICE, HOME, FAILURES - 1);

    narrow.begin(ALICE, HOME).succeeded();

    assertThat(narrow.begin(ALICE, HOME).isFamiliar()).isFalse();
    failOn(narrow, ALICE, HOME, 1);
    assertThat(narrow.isLocked(ALICE)).isTrue();
  }

  @Test
  void anAccountThatWasCountedInASharedPlaceStaysThereWhileThatCounts() {
    InMemoryLoginAttempts narrow = attempts(Integer.MAX_VALUE, 1_000);
    for (int i = 0; i < 1_000; i++) {
      narrow.begin(new Account("main", "user" + i), HOME).failed();
    }
    clock.advance(WINDOW.minusMinutes(1));
    failOn(narrow, ALICE, HOME, FAILURES - 1);

    clock.advance(Duration.ofMinutes(3));
    failOn(narrow, BOB, HOME, 1);
    failOn(narrow, ALICE, HOME, 1);

    assertThat(narrow.isLocked(ALICE)).isTrue();
  }

  @Test
  void aFullTableForgetsFirstThoseWhoSignedInLongestAgo() {
    InMemoryLoginAttempts narrow = attempts(CLIENT_FAILURES, 1_000);
    for (int i = 0; i < 1_000; i++) {
      narrow.begin(new Account("main", "user" + i), HOME).succeeded();
      clock.advance(Duration.ofMinutes(2));
    }

    narrow.begin(ALICE, HOME).succeeded();

    assertThat(narrow.begin(ALICE, HOME).isFamiliar()).isTrue();
    assertThat(narrow.begin(new Account("main", "user999"), HOME).isFamiliar()).isTrue();
    assertThat(narrow.begin(new Account("main", "user0"), HOME).isFamiliar()).isFalse();
  }

  @Test
  void aNameOfAnyLengthTakesTheSameRoom() {
    String longName = "n".repeat(16_000);

    fail(Account.unknown(longName), HOME, FAILURES);

    assertThat(attempts.isLocked(Account.unknown(longName))).isTrue();
    assertThat(attempts.isLocked(Account.unknown(longName + "n"))).isFalse();
  }

  // --- clocks

  @Test
  void aClockThatIsSetBackLengthensNoLockAndForgetsNone() {
    fail(ALICE, HOME, FAILURES);
    fail(BOB, HOME, FAILURES - 1);

    clock.advance(Duration.ofHours(-5));
    assertThat(attempts.isLocked(ALICE)).isTrue();
    fail(BOB, HOME, 1);
    assertThat(attempts.isLocked(BOB)).isTrue();

    clock.advance(LOCK.minus(BLINK));
    assertThat(attempts.isLocked(ALICE)).isTrue();
    clock.advance(BLINK);
    assertThat(attempts.isLocked(ALICE)).isFalse();
  }

  private static void failOn(
      InMemoryLoginAttempts attempts, Account account, String client, int times) {
    for (int i = 0; i < times; i++) {
      attempts.begin(account, client).failed();
    }
  }

  private static <T> List<T> inParallel(int threads, Callable<T> task) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      var start = new CyclicBarrier(threads);
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(() -> {
          start.await();
          return task.call();
        }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> each : running) {
        results.add(each.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void nothingNeedsToBeCountedForADayOfThirtyOnceAClientHasSignedIn() {
    signIn(ALICE, HOME);

    clock.advance(FAMILIAR.dividedBy(30).minus(BLINK));
    assertThat(attempts.isSettled(ALICE, HOME)).isTrue();
    clock.advance(BLINK);
    assertThat(attempts.isSettled(ALICE, HOME)).isFalse();

    signIn(ALICE, HOME);
    fail(ALICE, AFAR, FAILURES);
    assertThat(attempts.isSettled(ALICE, HOME)).as("guesses from afar").isTrue();
    fail(ALICE, HOME, 1);
    assertThat(attempts.isSettled(ALICE, HOME)).isFalse();
  }

  @Test
  void nothingNeedsToBeCountedWhereNobodyIsFamiliarAndNothingHasFailed() {
    var limits = new AttemptLimits(
        FailureLimit.of(FAILURES, LOCK),
        FailureLimit.of(CLIENT_FAILURES, WINDOW),
        Duration.ZERO,
        1_000);
    var plain = new InMemoryLoginAttempts(limits, SteadyTime.of(clock, System::nanoTime));
    plain.begin(ALICE, HOME).succeeded();

    assertThat(plain.isSettled(ALICE, HOME)).isTrue();
    plain.begin(ALICE, AFAR).failed();
    assertThat(plain.isSettled(ALICE, HOME)).isFalse();
  }
}
