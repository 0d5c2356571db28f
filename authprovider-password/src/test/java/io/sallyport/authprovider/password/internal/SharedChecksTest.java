package io.sallyport.authprovider.password.internal;

import static io.sallyport.authprovider.password.internal.TestUserstore.stored;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.authprovider.password.internal.ProviderUnderTest.Options;
import io.sallyport.authprovider.password.internal.hash.Argon2Backend;
import io.sallyport.authprovider.password.internal.hash.NativeArgon2;
import io.sallyport.spi.LoginAttempts.Account;
import io.sallyport.spi.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many requests at the same time. */
class SharedChecksTest {

  private static final String RIGHT = "open sesame";
  private static final String HASH = ProviderUnderTest.hash(RIGHT);
  private static final Account ALICE = new Account("main", "id-alice");

  /** Each hash needs one of these; a test that holds some back hands them out. */
  private final Semaphore hashes = new Semaphore(1_000_000);

  private final ExecutorService clients = Executors.newCachedThreadPool();
  private ProviderUnderTest tested = with(new HashingLimits(2, 1000, 1024 * 1024));

  private ProviderUnderTest with(HashingLimits limits) {
    Argon2Backend real = new NativeArgon2();
    ProviderUnderTest made = new ProviderUnderTest(
        new Options().limits(limits).backend((parameters, password, salt, length) -> {
          hashes.acquireUninterruptibly();
          return real.hash(parameters, password, salt, length);
        }));
    made.main.add("alice", stored(HASH));
    return made;
  }

  @AfterEach
  void close() {
    hashes.release(1_000_000);
    clients.shutdownNow();
    tested.close();
  }

  private Future<AuthenticationResult> begin(String name, String password, String client) {
    return clients.submit(
        () -> tested.provider.authenticate(TestRequest.basic(name, password).from(client)));
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

  private List<AuthenticationResult> all(int number, IntFunction<TestRequest> requests)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(number);
    List<Callable<AuthenticationResult>> calls = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      TestRequest request = requests.apply(i);
      calls.add(() -> {
        awaitAll(start);
        return tested.provider.authenticate(request);
      });
    }
    List<AuthenticationResult> results = new ArrayList<>();
    for (Future<AuthenticationResult> result : clients.invokeAll(calls)) {
      results.add(result.get(30, SECONDS));
    }
    return results;
  }

  private static void awaitAll(CyclicBarrier start) {
    try {
      start.await(30, SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void computes200EqualRightPasswordsOfAKnownClientOnceAndLetsAllIn() throws Exception {
    tested.attempts.familiar("192.0.2.1").lockAt(5);
    hashes.drainPermits();
    Future<AuthenticationResult> leader = begin("alice", RIGHT, "192.0.2.1");
    until(() -> tested.computed.size() == 1);
    List<Future<AuthenticationResult>> others = new ArrayList<>();
    for (int i = 0; i < 199; i++) {
      others.add(begin("alice", RIGHT, "192.0.2.1"));
    }
    until(() -> tested.attempts.record().size() == 199);

    hashes.release(1);

    assertThat(leader.get(30, SECONDS)).isInstanceOf(Authenticated.class);
    for (Future<AuthenticationResult> other : others) {
      assertThat(other.get(30, SECONDS)).isInstanceOf(Authenticated.class);
    }
    assertThat(tested.computed).hasSize(1);
    assertThat(tested.attempts.isEachEndedOnce()).isTrue();
  }

  @Test
  void letsAll200InWithoutWaitingForEachOther() throws Exception {
    tested.attempts.familiar("192.0.2.1").lockAt(5);

    List<AuthenticationResult> results = all(200, i -> TestRequest.basic("alice", RIGHT));

    assertThat(results).allMatch(Authenticated.class::isInstance);
    assertThat(tested.attempts.isEachEndedOnce()).isTrue();
    assertThat(tested.attempts.failures(ALICE)).isZero();
  }

  @Test
  void aRememberedPasswordOfAFamiliarClientTakesNoPlaceAmongTheFailures() throws Exception {
    tested.attempts.familiar("192.0.2.1").lockAt(1);
    tested.provider.authenticate(TestRequest.basic("alice", RIGHT));
    List<String> counted = tested.attempts.record();

    List<AuthenticationResult> results = all(200, i -> TestRequest.basic("alice", RIGHT));

    assertThat(results).allMatch(Authenticated.class::isInstance);
    assertThat(tested.computed).hasSize(1);
    assertThat(tested.attempts.record()).isEqualTo(counted);
    assertThat(tested.provider.authenticate(TestRequest.basic("alice", "wrong")))
        .isInstanceOf(Rejected.class);
    assertThat(tested.attempts.failures(ALICE)).isEqualTo(1);
  }

  /** Twenty machines with one account begin at once; no more than five may be under way by the counter. */
  @Test
  void locksNobodyOutWhoseRightPasswordsCameFromManyPlacesAtOnce() throws Exception {
    tested.attempts.lockAt(5);

    List<AuthenticationResult> results =
        all(20, i -> TestRequest.basic("alice", RIGHT).from("192.0.2." + i));

    assertThat(results).allMatch(Authenticated.class::isInstance);
    assertThat(tested.attempts.failures(ALICE)).isZero();
  }

  @Test
  void countsEqualWrongPasswordsThatShareACheckAsOneGuess() throws Exception {
    tested.attempts.lockAt(5);
    hashes.drainPermits();
    List<Future<AuthenticationResult>> guesses = new ArrayList<>();
    guesses.add(begin("alice", "stale", "192.0.2.1"));
    until(() -> tested.computed.size() == 1);
    for (int i = 0; i < 7; i++) {
      guesses.add(begin("alice", "stale", "192.0.2.1"));
    }
    until(() -> tested.attempts.record().size() == 7);

    hashes.release(1);

    for (Future<AuthenticationResult> guess : guesses) {
      assertThat(guess.get(30, SECONDS))
          .isInstanceOfSatisfying(
              Rejected.class, no -> assertThat(no.heldFor()).isEqualTo(ProviderUnderTest.PAD));
    }
    assertThat(tested.attempts.failures(ALICE)).isEqualTo(1);
    assertThat(tested.attempts.isEachEndedOnce()).isTrue();
  }

  @Test
  void sharesTheChecksOfUnknownNamesJustAsWell() throws Exception {
    hashes.drainPermits();
    Future<AuthenticationResult> leader = begin("nobody", "stale", "192.0.2.1");
    until(() -> tested.computed.size() == 1);
    Future<AuthenticationResult> other = begin("nobody", "stale", "192.0.2.1");
    until(() -> tested.attempts.record().size() == 1);

    hashes.release(1);

    assertThat(leader.get(30, SECONDS)).isEqualTo(other.get(30, SECONDS));
    assertThat(tested.computed).hasSize(1);
    assertThat(tested.attempts.failures(Account.unknown("nobody"))).isEqualTo(1);
  }

  @Test
  void of200DifferentGuessesAtOnceAdmitsAsManyAsTheCounterDoes() throws Exception {
    tested.attempts.lockAt(5);

    List<AuthenticationResult> results =
        all(200, i -> TestRequest.basic("alice", "guess " + i).from("192.0.2." + i));

    assertThat(results).allMatch(Rejected.class::isInstance);
    assertThat(tested.attempts.record().stream().filter(end -> end.startsWith("ADMITTED")))
        .hasSize(5);
    assertThat(tested.computed).as("all at the same cost").hasSize(200);
    assertThat(tested.attempts.isEachEndedOnce()).isTrue();
  }

  /** The right one comes when five wrong ones are under way, and is known to be right before they end. */
  @Test
  void refusesARightGuessBesideAsManyWrongOnesAsLock() throws Exception {
    tested.close();
    tested = with(new HashingLimits(6, 1000, 1024 * 1024));
    tested.attempts.lockAt(5);
    hashes.drainPermits();
    List<Future<AuthenticationResult>> guesses = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      guesses.add(begin("alice", "guess " + i, "192.0.2.1"));
      int underWay = i + 1;
      until(() -> tested.computed.size() == underWay);
    }
    Future<AuthenticationResult> right = begin("alice", RIGHT, "192.0.2.2");
    until(() -> tested.computed.size() == 6);

    hashes.release(6);

    assertThat(right.get(30, SECONDS))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.LOCKED));
    for (Future<AuthenticationResult> guess : guesses) {
      assertThat(guess.get(30, SECONDS)).isInstanceOf(Rejected.class);
    }
    assertThat(tested.attempts.failures(ALICE)).isEqualTo(6);
  }

  @Test
  void givesThoseWhoFollowAnotherTryWhenTheOneWhoLeadsBreaksDown() throws Exception {
    hashes.drainPermits();
    TestRequest hurried = new TestRequest(
        TestRequest.basic("alice", RIGHT).authorization(), java.time.Duration.ofMillis(300));
    Future<AuthenticationResult> leader =
        clients.submit(() -> tested.provider.authenticate(hurried));
    until(() -> tested.computed.size() == 1);
    Future<AuthenticationResult> patient = begin("alice", RIGHT, "192.0.2.1");
    until(() -> tested.attempts.record().size() == 1);

    assertThatThrownBy(() -> leader.get(30, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(UnavailableException.class);
    hashes.release(1_000);

    assertThat(patient.get(30, SECONDS)).isInstanceOf(Authenticated.class);
    assertThat(tested.attempts.isEachEndedOnce()).isTrue();
    assertThat(tested.attempts.failures(ALICE)).isZero();
  }

  /** Equal guesses, sent again and again, would else park as many threads as there are. */
  @Test
  void sharesNoChecksBeyond64WithStrangersWhoseRefusalsAreWithheld() throws Exception {
    for (int round = 0; round < 2; round++) {
      hashes.drainPermits();
      tested.computed.clear();
      int before = tested.attempts.record().size();
      List<Future<AuthenticationResult>> guesses = new ArrayList<>();
      guesses.add(begin("nobody", "stale", "192.0.2.1"));
      until(() -> tested.computed.size() == 1);
      int followers = round == 0 ? 64 : 0;
      for (int i = 0; i < followers; i++) {
        guesses.add(begin("nobody", "stale", "192.0.2.1"));
      }
      until(() -> tested.attempts.record().size() == before + followers);
      guesses.add(begin("nobody", "stale", "192.0.2.1"));
      until(() -> tested.computed.size() == 2);
      hashes.release(2);
      for (Future<AuthenticationResult> guess : guesses) {
        assertThat(guess.get(30, SECONDS)).isInstanceOf(Rejected.class);
      }
    }

    tested.pass(ProviderUnderTest.PAD);
    hashes.drainPermits();
    tested.computed.clear();
    int before = tested.attempts.record().size();
    Future<AuthenticationResult> leader = begin("nobody", "stale", "192.0.2.1");
    until(() -> tested.computed.size() == 1);
    Future<AuthenticationResult> follower = begin("nobody", "stale", "192.0.2.1");
    until(() -> tested.attempts.record().size() == before + 1);
    hashes.release(1);
    assertThat(leader.get(30, SECONDS)).isEqualTo(follower.get(30, SECONDS));
    assertThat(tested.computed).hasSize(1);
  }

  @Test
  void doesNotLetAThrottledClientFollow() throws Exception {
    hashes.drainPermits();
    Future<AuthenticationResult> leader = begin("alice", RIGHT, "192.0.2.1");
    until(() -> tested.computed.size() == 1);
    tested.attempts.throttle("192.0.2.2");

    AuthenticationResult throttled =
        tested.provider.authenticate(TestRequest.basic("alice", RIGHT).from("192.0.2.2"));

    assertThat(throttled).isInstanceOf(AuthenticationResult.Throttled.class);
    assertThat(leader.isDone()).as("it was answered at once").isFalse();
    hashes.release(1);
    assertThat(leader.get(30, SECONDS)).isInstanceOf(Authenticated.class);
  }
}
