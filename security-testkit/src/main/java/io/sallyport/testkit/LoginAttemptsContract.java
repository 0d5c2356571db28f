package io.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spi.LoginAttempt;
import io.sallyport.spi.LoginAttempt.Standing;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.LoginAttempts.Account;
import io.sallyport.spi.LoginLimits;
import io.sallyport.spi.LoginLimits.Limit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What all {@link LoginAttempts} do. Extend it, say how counters are made and how their time passes; each test gets
 * some of its own.
 *
 * <pre>{@code
 * class MyLoginAttemptsTest extends LoginAttemptsContract {
 *   private final MyClock clock = new MyClock();
 *
 *   @Override
 *   protected LoginAttempts attempts(LoginLimits limits) {
 *     return new MyLoginAttempts(limits, clock);
 *   }
 *
 *   @Override
 *   protected void passTime(Duration time) {
 *     clock.advance(time);
 *   }
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Timeout(120)
public abstract class LoginAttemptsContract {

  /** How long an account is locked, and a failure counts, in these tests. */
  protected static final Duration LOCK = Duration.ofMinutes(15);

  /** How long a failure of a client counts in these tests. */
  protected static final Duration WINDOW = Duration.ofMinutes(15);

  /** By how much longer a failure may count. */
  protected static final Duration SLICE = Duration.ofMinutes(1);

  /** How long a client is familiar in these tests. */
  protected static final Duration FAMILIAR = Duration.ofDays(30);

  /** The failure that locks an account in these tests. */
  protected static final int FAILURES = 5;

  /** The failure of a client from which on it is throttled in these tests. */
  protected static final int CLIENT_FAILURES = 20;

  /** More than the tests themselves take on a slow machine. */
  private static final Duration WHILE = Duration.ofSeconds(30);

  private static final int MANY = 10_000;
  private static final Account ALICE = new Account("main", "alice");
  private static final Account BOB = new Account("main", "bob");
  private static final Account NOBODY = Account.unknown("nobody");
  private static final String HOME = "192.0.2.1";
  private static final String AFAR = "198.51.100.7";

  private final List<LoginAttempts> opened = new ArrayList<>();

  /** For subclasses. */
  protected LoginAttemptsContract() {}

  /**
   * Makes counters in which nothing counts yet.
   *
   * @param limits what is too many
   * @return the counters, which these tests close
   */
  protected abstract LoginAttempts attempts(LoginLimits limits);

  /**
   * Lets time pass for the counters.
   *
   * @param time how much
   */
  protected abstract void passTime(Duration time);

  /** Closes what a test has used. */
  @AfterEach
  final void closeAll() {
    opened.forEach(LoginAttempts::close);
  }

  private LoginAttempts open(int clientFailures) {
    LoginAttempts made = attempts(
        new LoginLimits(new Limit(FAILURES, LOCK), new Limit(clientFailures, WINDOW), FAMILIAR));
    opened.add(made);
    return made;
  }

  private static void fail(LoginAttempts attempts, Account account, String client, int times) {
    for (int i = 0; i < times; i++) {
      attempts.begin(account, client).failed();
    }
  }

  /** Looks without leaving anything behind. */
  private static Standing standing(LoginAttempts attempts, Account account, String client) {
    LoginAttempt attempt = attempts.begin(account, client);
    attempt.abandoned();
    return attempt.standing();
  }

  private static boolean isFamiliar(LoginAttempts attempts, Account account, String client) {
    LoginAttempt attempt = attempts.begin(account, client);
    attempt.abandoned();
    return attempt.isFamiliar();
  }

  // --- the account

  @Test
  final void theLastFailureOfTheLimitLocksAnAccountForStrangersAndNoOther() {
    LoginAttempts attempts = open(MANY);
    fail(attempts, ALICE, HOME, FAILURES - 1);
    assertThat(standing(attempts, ALICE, AFAR)).isEqualTo(Standing.ADMITTED);
    assertThat(attempts.isLocked(ALICE)).isFalse();

    fail(attempts, ALICE, HOME, 1);

    assertThat(standing(attempts, ALICE, AFAR)).isEqualTo(Standing.LOCKED);
    assertThat(attempts.isLocked(ALICE)).isTrue();
    assertThat(attempts.isLocked(BOB)).isFalse();
    assertThat(standing(attempts, BOB, HOME)).isEqualTo(Standing.ADMITTED);
  }

  @Test
  final void countsNamesThatNobodyHasAsThoseOfUsers() {
    LoginAttempts attempts = open(MANY);
    fail(attempts, NOBODY, HOME, FAILURES - 1);
    assertThat(standing(attempts, NOBODY, AFAR)).isEqualTo(Standing.ADMITTED);

    fail(attempts, NOBODY, HOME, 1);

    assertThat(standing(attempts, NOBODY, AFAR)).isEqualTo(Standing.LOCKED);
    assertThat(attempts.isLocked(NOBODY)).isTrue();
    assertThat(standing(attempts, new Account("main", "nobody"), AFAR))
        .isEqualTo(Standing.ADMITTED);
  }

  @Test
  final void anAccountIsItsStoreAndItsKeyAndNoSpellingOfThem() {
    LoginAttempts attempts = open(MANY);
    fail(attempts, new Account("main", "a"), HOME, FAILURES);

    List<Account> others = List.of(
        new Account("main", "A"),
        new Account("main", "a "),
        new Account("main", "á"),
        new Account("mai", "na"),
        new Account("Main", "a"),
        new Account("", "maina"));

    assertThat(others).noneMatch(attempts::isLocked);
    assertThat(attempts.isLocked(new Account("main", "a"))).isTrue();
  }

  @Test
  final void takesKeysAndClientsOfAnyLengthAndContent() {
    LoginAttempts attempts = open(MANY);
    String odd = "n\u0000\ud83d\ude00\ud800'\"%_\\".repeat(2_000);
    List<Account> accounts = List.of(new Account(odd, odd), Account.unknown(odd));

    for (Account account : accounts) {
      fail(attempts, account, odd, FAILURES);

      assertThat(attempts.isLocked(account)).isTrue();
      assertThat(attempts.unlock(account)).isTrue();
    }
  }

  @Test
  final void theLockEndsByItselfAndThenTakesTheFullNumberAgain() {
    LoginAttempts attempts = open(MANY);
    fail(attempts, ALICE, HOME, FAILURES);

    passTime(LOCK.minus(WHILE));
    assertThat(attempts.isLocked(ALICE)).isTrue();
    passTime(WHILE);
    assertThat(attempts.isLocked(ALICE)).isFalse();

    fail(attempts, ALICE, HOME, FAILURES - 1);
    assertThat(standing(attempts, ALICE, HOME)).isEqualTo(Standing.ADMITTED);
    fail(attempts, ALICE, HOME, 1);
    assertThat(standing(attempts, ALICE, HOME)).isEqualTo(Standing.LOCKED);
  }

  @Test
  final void tryingDuringTheLockDoesNotExtendIt() {
    LoginAttempts attempts = open(MANY);
    fail(attempts, ALICE, HOME, FAILURES);

    for (int third = 0; third < 3; third++) {
      passTime(LOCK.dividedBy(3));
      fail(attempts, ALICE, "203.0.113." + third, third < 2 ? FAILURES : 1);
    }

    assertThat(attempts.isLocked(ALICE)).isFalse();
    assertThat(standing(attempts, ALICE, AFAR)).isEqualTo(Standing.ADMITTED);
  }

  @Test
  final void aFailureCountsForTheFullTimeAndAtMostASliceLonger() {
    LoginAttempts attempts = open(MANY);
    fail(attempts, ALICE, HOME, FAILURES - 1);
    fail(attempts, BOB, HOME, FAILURES - 1);

    passTime(LOCK.minus(WHILE));
    fail(attempts, ALICE, AFAR, 1);
    assertThat(attempts.isLocked(ALICE)).isTrue();

    passTime(SLICE.plus(WHILE));
    fail(attempts, BOB, AFAR, FAILURES - 1);
    assertThat(attempts.isLocked(BOB)).isFalse();
  }

  @Test
  final void onlyTheSuccessOfAStrangerResetsWhatStrangersHaveFailed() {
    LoginAttempts attempts = open(MANY);
    fail(attempts, ALICE, AFAR, FAILURES - 1);

    attempts.begin(ALICE, HOME).succeeded();
    fail(attempts, ALICE, AFAR, FAILURES - 1);
    assertThat(attempts.isLocked(ALICE)).isFalse();

    // from now on home is familiar: one who guesses from afar gains nothing by its coming in
    attempts.begin(ALICE, HOME).succeeded();
    fail(attempts, ALICE, AFAR, 1);
    assertThat(attempts.isLocked(ALICE)).isTrue();
  }

  @Test
  final void withoutALimitNothingIsEverTooMuch() {
    LoginAttempts attempts = attempts(new LoginLimits(
        new Limit(Integer.MAX_VALUE, LOCK), new Limit(Integer.MAX_VALUE, WINDOW), FAMILIAR));
    opened.add(attempts);

    fail(attempts, ALICE, HOME, 10 * FAILURES);

    assertThat(standing(attempts, ALICE, HOME)).isEqualTo(Standing.ADMITTED);
    assertThat(attempts.isLocked(ALICE)).isFalse();
  }

  // --- places

  @Test
  final void ofManyAttemptsAtTheSameMomentExactlyAsManyAreAdmittedAsMayFail() throws Exception {
    LoginAttempts attempts = open(MANY);
    for (Account account : List.of(ALICE, NOBODY)) {
      List<LoginAttempt> begun = AtOnce.call(() -> attempts.begin(account, HOME));

      assertThat(begun).filteredOn(a -> a.standing() == Standing.ADMITTED).hasSize(FAILURES);
      assertThat(begun)
          .filteredOn(a -> a.standing() == Standing.LOCKED)
          .hasSize(AtOnce.THREADS - FAILURES);
    }
  }

  @Test
  final void ofManyAttemptsOfAFamiliarClientExactlyAsManyAreAdmittedAsMayFail() throws Exception {
    LoginAttempts attempts = open(MANY);
    attempts.begin(ALICE, HOME).succeeded();

    List<LoginAttempt> begun = AtOnce.call(() -> attempts.begin(ALICE, HOME));

    assertThat(begun).allMatch(LoginAttempt::isFamiliar);
    assertThat(begun).filteredOn(a -> a.standing() == Standing.ADMITTED).hasSize(FAILURES);
  }

  @Test
  final void ofManyAttemptsOfAClientExactlyAsManyPassAsMayFail() throws Exception {
    LoginAttempts attempts = open(AtOnce.THREADS / 2);

    List<LoginAttempt> begun =
        AtOnce.call(() -> attempts.begin(Account.unknown(Thread.currentThread().getName()), HOME));

    assertThat(begun)
        .filteredOn(a -> a.standing() != Standing.THROTTLED)
        .hasSize(AtOnce.THREADS / 2);
  }

  @Test
  final void noFailureIsLostWhereManyFailAtOnce() throws Exception {
    LoginAttempts attempts = open(2 * AtOnce.THREADS);

    AtOnce.call(() -> {
      LoginAttempt attempt = attempts.begin(ALICE, HOME);
      attempt.failed();
      return attempt;
    });

    assertThat(attempts.isLocked(ALICE)).isTrue();
    fail(attempts, BOB, HOME, AtOnce.THREADS - 1);
    assertThat(standing(attempts, BOB, HOME)).isNotEqualTo(Standing.THROTTLED);
    fail(attempts, BOB, HOME, 1);
    assertThat(standing(attempts, BOB, HOME)).isEqualTo(Standing.THROTTLED);
  }

  @Test
  final void givesBackExactlyItsOwnPlaceWhenAbandoned() {
    LoginAttempts attempts = open(MANY);
    List<LoginAttempt> begun = begin(attempts, ALICE, HOME, FAILURES);
    assertThat(standing(attempts, ALICE, AFAR)).isEqualTo(Standing.LOCKED);

    begun.get(0).abandoned();
    begun.get(0).abandoned();
    LoginAttempt another = attempts.begin(ALICE, AFAR);

    assertThat(another.standing()).isEqualTo(Standing.ADMITTED);
    assertThat(standing(attempts, ALICE, AFAR)).isEqualTo(Standing.LOCKED);
    assertThat(attempts.isLocked(ALICE)).isFalse();
  }

  @Test
  final void ofSeveralEndsTheFirstCounts() {
    LoginAttempts attempts = open(MANY);
    LoginAttempt attempt = attempts.begin(ALICE, HOME);

    attempt.failed();
    attempt.abandoned();
    attempt.succeeded();
    attempt.failed();
    fail(attempts, ALICE, HOME, FAILURES - 2);

    assertThat(attempts.isLocked(ALICE)).isFalse();
    fail(attempts, ALICE, HOME, 1);
    assertThat(attempts.isLocked(ALICE)).isTrue();
    assertThat(isFamiliar(attempts, ALICE, HOME)).isFalse();
  }

  @Test
  final void successForgetsFailuresButNotTheGuessesOfOthersThatAreUnderWay() {
    LoginAttempts attempts = open(MANY);
    fail(attempts, ALICE, AFAR, 1);
    List<LoginAttempt> guesses = begin(attempts, ALICE, AFAR, FAILURES - 2);

    attempts.begin(ALICE, HOME).succeeded();
    guesses.forEach(LoginAttempt::failed);
    fail(attempts, ALICE, AFAR, 1);
    assertThat(attempts.isLocked(ALICE)).isFalse();

    fail(attempts, ALICE, AFAR, 1);
    assertThat(attempts.isLocked(ALICE)).isTrue();
  }

  @Test
  final void aPlaceWhoseEndIsNeverToldIsFreeAgainInTheEnd() {
    LoginAttempts attempts = open(MANY);
    begin(attempts, ALICE, HOME, FAILURES);

    passTime(LOCK.minus(WHILE));
    assertThat(standing(attempts, ALICE, AFAR)).isEqualTo(Standing.LOCKED);
    passTime(SLICE.plus(WHILE));
    assertThat(standing(attempts, ALICE, AFAR)).isEqualTo(Standing.ADMITTED);
  }

  @Test
  final void anEndThatIsToldAfterItsPlaceWasForgottenTakesNobodyElsesPlace() {
    LoginAttempts attempts = open(MANY);
    LoginAttempt late = attempts.begin(ALICE, HOME);
    passTime(LOCK.plus(SLICE).plus(WHILE));
    fail(attempts, ALICE, HOME, FAILURES - 2);
    LoginAttempt guess = attempts.begin(ALICE, HOME);

    late.abandoned();
    guess.failed();
    assertThat(attempts.isLocked(ALICE)).isFalse();
    fail(attempts, ALICE, HOME, 1);

    assertThat(attempts.isLocked(ALICE)).isTrue();
  }

  @Test
  final void anAttemptWithoutAPlaceThatFailsCountsUnlessTheAccountIsLockedByThen() {
    LoginAttempts attempts = open(MANY);
    List<LoginAttempt> reserved = begin(attempts, ALICE, HOME, FAILURES);
    LoginAttempt without = attempts.begin(ALICE, AFAR);
    LoginAttempt late = attempts.begin(ALICE, AFAR);
    assertThat(without.standing()).isEqualTo(Standing.LOCKED);

    reserved.subList(0, FAILURES - 1).forEach(LoginAttempt::failed);
    reserved.get(FAILURES - 1).abandoned();
    assertThat(attempts.isLocked(ALICE)).isFalse();
    without.failed();
    assertThat(attempts.isLocked(ALICE)).isTrue();
    late.failed();

    passTime(LOCK);
    fail(attempts, ALICE, HOME, FAILURES - 1);
    assertThat(attempts.isLocked(ALICE)).isFalse();
  }

  @Test
  final void guessesThatAreBegunInALockAndOutlastItAreCounted() {
    LoginAttempts attempts = open(MANY);
    fail(attempts, ALICE, HOME, FAILURES);
    passTime(LOCK.minus(WHILE));
    List<LoginAttempt> guesses = begin(attempts, ALICE, AFAR, FAILURES);

    passTime(WHILE);
    guesses.subList(1, FAILURES).forEach(LoginAttempt::failed);
    assertThat(attempts.isLocked(ALICE)).isFalse();
    guesses.get(0).failed();

    assertThat(attempts.isLocked(ALICE)).isTrue();
  }

  @Test
  final void aSuccessOfALockedAttemptChangesNothing() {
    LoginAttempts attempts = open(MANY);
    fail(attempts, ALICE, HOME, FAILURES);

    attempts.begin(ALICE, HOME).succeeded();

    assertThat(attempts.isLocked(ALICE)).isTrue();
    assertThat(isFamiliar(attempts, ALICE, HOME)).isFalse();
  }

  // --- familiar clients

  @Test
  final void nobodyLocksAFamiliarClientOutFromAfar() {
    LoginAttempts attempts = open(MANY);
    attempts.begin(ALICE, HOME).succeeded();

    fail(attempts, ALICE, AFAR, FAILURES);

    LoginAttempt home = attempts.begin(ALICE, HOME);
    assertThat(home.standing()).isEqualTo(Standing.ADMITTED);
    assertThat(home.isFamiliar()).isTrue();
    assertThat(standing(attempts, ALICE, "203.0.113.9")).isEqualTo(Standing.LOCKED);
    home.succeeded();
    assertThat(attempts.isLocked(ALICE)).isTrue();
  }

  @Test
  final void aFamiliarClientHasACounterAndALockOfItsOwn() {
    LoginAttempts attempts = open(MANY);
    attempts.begin(ALICE, HOME).succeeded();

    fail(attempts, ALICE, HOME, FAILURES - 1);
    assertThat(standing(attempts, ALICE, HOME)).isEqualTo(Standing.ADMITTED);
    fail(attempts, ALICE, HOME, 1);

    assertThat(standing(attempts, ALICE, HOME)).isEqualTo(Standing.LOCKED);
    assertThat(attempts.isLocked(ALICE)).isFalse();
    assertThat(standing(attempts, ALICE, AFAR)).isEqualTo(Standing.ADMITTED);
    passTime(LOCK);
    assertThat(standing(attempts, ALICE, HOME)).isEqualTo(Standing.ADMITTED);
  }

  @Test
  final void itsSuccessResetsItsOwnCounter() {
    LoginAttempts attempts = open(MANY);
    attempts.begin(ALICE, HOME).succeeded();
    fail(attempts, ALICE, HOME, FAILURES - 1);

    attempts.begin(ALICE, HOME).succeeded();
    fail(attempts, ALICE, HOME, FAILURES - 1);

    assertThat(standing(attempts, ALICE, HOME)).isEqualTo(Standing.ADMITTED);
  }

  @Test
  final void aClientIsFamiliarForItsTimeFromItsLastSuccess() {
    LoginAttempts attempts = open(MANY);
    attempts.begin(ALICE, HOME).succeeded();

    passTime(FAMILIAR.minus(WHILE));
    assertThat(isFamiliar(attempts, ALICE, HOME)).isTrue();
    passTime(WHILE);
    assertThat(isFamiliar(attempts, ALICE, HOME)).isFalse();
  }

  @Test
  final void isFamiliarWithOneAccountAndNoOther() {
    LoginAttempts attempts = open(MANY);

    attempts.begin(ALICE, HOME).succeeded();

    assertThat(isFamiliar(attempts, ALICE, HOME)).isTrue();
    assertThat(isFamiliar(attempts, ALICE, AFAR)).isFalse();
    assertThat(isFamiliar(attempts, BOB, HOME)).isFalse();
    assertThat(isFamiliar(attempts, new Account("other", "alice"), HOME)).isFalse();
    assertThat(isFamiliar(attempts, Account.unknown("alice"), HOME)).isFalse();
  }

  @Test
  final void whatCountsAgainstAFamiliarClientStaysAsOthersSignIn() {
    LoginAttempts attempts = open(MANY);
    attempts.begin(ALICE, HOME).succeeded();
    fail(attempts, ALICE, HOME, FAILURES - 1);

    attempts.begin(ALICE, AFAR).succeeded();
    attempts.begin(ALICE, "203.0.113.9").succeeded();
    fail(attempts, ALICE, HOME, 1);

    assertThat(standing(attempts, ALICE, HOME)).isEqualTo(Standing.LOCKED);
    assertThat(standing(attempts, ALICE, AFAR)).isEqualTo(Standing.ADMITTED);
  }

  // --- credentials that are known to be right

  /** Where this is never so, each request begins an attempt, which is right as well. */
  @Test
  final void nothingNeedsToBeCountedOnlyForAFamiliarClientWithoutFailures() {
    LoginAttempts attempts = open(MANY);
    assertThat(attempts.isSettled(ALICE, HOME)).isFalse();

    attempts.begin(ALICE, HOME).succeeded();
    boolean settles = attempts.isSettled(ALICE, HOME);
    assertThat(attempts.isSettled(ALICE, AFAR)).isFalse();
    assertThat(attempts.isSettled(BOB, HOME)).isFalse();

    fail(attempts, ALICE, HOME, 1);
    assertThat(attempts.isSettled(ALICE, HOME)).isFalse();
    attempts.begin(ALICE, HOME).succeeded();
    assertThat(attempts.isSettled(ALICE, HOME)).isEqualTo(settles);
    passTime(FAMILIAR.dividedBy(2));
    assertThat(attempts.isSettled(ALICE, HOME)).as("has to be renewed").isFalse();
  }

  @Test
  final void somethingNeedsToBeCountedWhereNobodyWouldBeAdmitted() {
    LoginAttempts attempts = open(CLIENT_FAILURES);
    attempts.begin(ALICE, HOME).succeeded();
    List<LoginAttempt> guesses = begin(attempts, ALICE, HOME, FAILURES);
    assertThat(attempts.isSettled(ALICE, HOME)).as("all places are taken").isFalse();

    guesses.forEach(LoginAttempt::failed);
    assertThat(attempts.isSettled(ALICE, HOME)).as("is locked").isFalse();
    attempts.begin(BOB, AFAR).succeeded();
    fail(attempts, NOBODY, AFAR, CLIENT_FAILURES);
    assertThat(attempts.isSettled(BOB, AFAR)).as("is throttled").isFalse();
  }

  @Test
  final void askingWhetherSomethingNeedsToBeCountedCountsNothing() {
    LoginAttempts attempts = open(CLIENT_FAILURES);
    attempts.begin(ALICE, HOME).succeeded();

    for (int i = 0; i < 2 * CLIENT_FAILURES; i++) {
      attempts.isSettled(ALICE, HOME);
      attempts.isSettled(BOB, AFAR);
    }

    assertThat(begin(attempts, ALICE, HOME, FAILURES))
        .allMatch(attempt -> attempt.standing() == Standing.ADMITTED);
    assertThat(standing(attempts, BOB, AFAR)).isEqualTo(Standing.ADMITTED);
  }

  // --- the client

  @Test
  final void tooManyFailuresFromOneClientThrottleItForEveryNameAndNobodyElse() {
    LoginAttempts attempts = open(CLIENT_FAILURES);
    attempts.begin(ALICE, HOME).succeeded();
    for (int i = 0; i < CLIENT_FAILURES - 1; i++) {
      fail(attempts, Account.unknown("name" + i), HOME, 1);
    }
    assertThat(standing(attempts, BOB, HOME)).isEqualTo(Standing.ADMITTED);

    fail(attempts, Account.unknown("last"), HOME, 1);

    for (Account account : List.of(ALICE, BOB, NOBODY)) {
      LoginAttempt attempt = attempts.begin(account, HOME);
      assertThat(attempt.standing()).isEqualTo(Standing.THROTTLED);
      assertThat(attempt.retryAfter()).isBetween(WINDOW.minus(WHILE), WINDOW.plus(SLICE));
      assertThat(attempt.isFamiliar()).isFalse();
    }
    assertThat(standing(attempts, BOB, AFAR)).isEqualTo(Standing.ADMITTED);
  }

  @Test
  final void aClientIsAdmittedAgainWhenItWasToldTo() {
    LoginAttempts attempts = open(CLIENT_FAILURES);
    fail(attempts, ALICE, HOME, CLIENT_FAILURES / 2);
    passTime(WINDOW.dividedBy(3));
    fail(attempts, BOB, HOME, CLIENT_FAILURES / 2);
    Duration wait = attempts.begin(NOBODY, HOME).retryAfter();

    passTime(wait.minus(WHILE));
    assertThat(standing(attempts, NOBODY, HOME)).isEqualTo(Standing.THROTTLED);
    passTime(WHILE);
    assertThat(standing(attempts, NOBODY, HOME)).isEqualTo(Standing.ADMITTED);
    // half of the failures still count
    fail(attempts, NOBODY, HOME, CLIENT_FAILURES / 2);
    assertThat(standing(attempts, NOBODY, HOME)).isEqualTo(Standing.THROTTLED);
  }

  @Test
  final void aClientIsThrottledNoLongerThanItsAttemptsAreUnderWay() {
    LoginAttempts attempts = open(CLIENT_FAILURES);
    List<LoginAttempt> begun = new ArrayList<>();
    for (int i = 0; i < CLIENT_FAILURES; i++) {
      begun.add(attempts.begin(Account.unknown("name" + i), HOME));
    }
    assertThat(standing(attempts, ALICE, HOME)).isEqualTo(Standing.THROTTLED);

    begun.get(0).abandoned();

    assertThat(standing(attempts, ALICE, HOME)).isEqualTo(Standing.ADMITTED);
  }

  @Test
  final void whatAThrottledAttemptSaysOfItsEndChangesNothing() {
    LoginAttempts attempts = open(CLIENT_FAILURES);
    fail(attempts, NOBODY, HOME, CLIENT_FAILURES);
    List<Consumer<LoginAttempt>> ends =
        List.of(LoginAttempt::failed, LoginAttempt::succeeded, LoginAttempt::abandoned);

    for (int i = 0; i < FAILURES; i++) {
      ends.forEach(end -> end.accept(attempts.begin(ALICE, HOME)));
    }

    assertThat(standing(attempts, ALICE, HOME)).isEqualTo(Standing.THROTTLED);
    assertThat(standing(attempts, ALICE, AFAR)).isEqualTo(Standing.ADMITTED);
    passTime(WINDOW.plus(SLICE));
    assertThat(standing(attempts, ALICE, HOME)).isEqualTo(Standing.ADMITTED);
  }

  @Test
  final void countsLockedAttemptsAndThoseOfFamiliarClientsAndIsNotResetByAGoodAccount() {
    LoginAttempts attempts = open(CLIENT_FAILURES);
    attempts.begin(ALICE, HOME).succeeded();
    fail(attempts, ALICE, HOME, CLIENT_FAILURES - 2);
    attempts.begin(BOB, HOME).succeeded();
    assertThat(standing(attempts, BOB, HOME)).isEqualTo(Standing.ADMITTED);

    fail(attempts, BOB, HOME, 2);

    assertThat(standing(attempts, BOB, HOME)).isEqualTo(Standing.THROTTLED);
  }

  // --- unlocking

  @Test
  final void unlockEndsTheLockForStrangersAndFamiliarClientsAndForgetsTheFailures() {
    LoginAttempts attempts = open(MANY);
    attempts.begin(ALICE, HOME).succeeded();
    fail(attempts, ALICE, HOME, FAILURES);
    fail(attempts, ALICE, AFAR, FAILURES);

    assertThat(attempts.unlock(ALICE)).isTrue();

    assertThat(standing(attempts, ALICE, HOME)).isEqualTo(Standing.ADMITTED);
    assertThat(standing(attempts, ALICE, AFAR)).isEqualTo(Standing.ADMITTED);
    fail(attempts, ALICE, AFAR, FAILURES - 1);
    assertThat(attempts.isLocked(ALICE)).isFalse();
    assertThat(attempts.unlock(ALICE)).isFalse();
  }

  @Test
  final void whatWasNeverTriedIsNotLockedAndCannotBeUnlocked() {
    LoginAttempts attempts = open(MANY);

    assertThat(attempts.isLocked(ALICE)).isFalse();
    assertThat(attempts.unlock(ALICE)).isFalse();
    assertThat(attempts.isLocked(NOBODY)).isFalse();
    assertThat(attempts.unlock(NOBODY)).isFalse();
  }

  private static List<LoginAttempt> begin(
      LoginAttempts attempts, Account account, String client, int times) {
    List<LoginAttempt> begun = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      begun.add(attempts.begin(account, client));
    }
    return begun;
  }
}
