package io.sallyport.core.internal.gate;

import static io.sallyport.core.internal.gate.GateFixture.NOW;
import static io.sallyport.core.internal.gate.GateFixture.answering;
import static io.sallyport.core.internal.gate.GateFixture.byHeader;
import static io.sallyport.core.internal.gate.GateFixture.known;
import static io.sallyport.core.internal.gate.GateFixture.stamp;
import static io.sallyport.core.internal.gate.GateFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.AuthenticationResult.Throttled;
import io.sallyport.api.Decision;
import io.sallyport.api.Evidence;
import io.sallyport.api.Outcome;
import io.sallyport.api.User;
import io.sallyport.core.internal.gate.ProviderEntry.Options;
import io.sallyport.core.internal.gate.ProviderEntry.Then;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.LoginAttempt;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Refusals that are withheld, clients that are throttled, and accounts that are locked for everything. */
class WithheldAndLockedTest {

  private static final Duration HELD = Duration.ofMillis(150);
  private static final User ALICE = user("alice").build(stamp("alice"));
  private static final AuthenticationProvider ALICE_BY_HEADER =
      byHeader("X-User", Map.of("alice", known(ALICE)));

  private static AuthenticationProvider answer(AuthenticationResult result) {
    return answering("X-Other", request -> result);
  }

  private static AuthenticationProvider rejecting(Duration heldFor) {
    return answer(new Rejected(Reason.WRONG_CREDENTIALS, "wrong", "alice", heldFor));
  }

  private static Duration timeOf(Runnable what) {
    long start = System.nanoTime();
    what.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static TestRequest anybody() {
    return TestRequest.get("/x");
  }

  // --- withheld

  @Test
  void withholdsARefusalForTheTimeThatTheProviderAsksFor() {
    var gate = new GateFixture().provider("p", rejecting(HELD));

    Duration time = timeOf(() -> gate.decide(anybody()));

    assertThat(time).isGreaterThanOrEqualTo(HELD);
    assertThat(gate.written).extracting(Decision::outcome).containsExactly(Outcome.UNAUTHENTICATED);
  }

  @Test
  void withholdsForTheLongestTimeThatAnyProviderAsksFor() {
    var gate = new GateFixture()
        .provider("short", rejecting(Duration.ofMillis(1)))
        .provider("long", rejecting(HELD))
        .provider("none", rejecting(Duration.ZERO))
        .provider("negative", rejecting(Duration.ofMillis(-1)));

    Duration time = timeOf(() -> gate.decide(anybody()));

    assertThat(time).isGreaterThanOrEqualTo(HELD).isLessThan(HELD.multipliedBy(20));
  }

  @Test
  void doesNotWaitWhereAnotherProviderKnowsTheCaller() {
    var gate = new GateFixture()
        .provider("p", rejecting(Duration.ofSeconds(9)))
        .provider("header", ALICE_BY_HEADER);

    Duration time = timeOf(() -> gate.decide(anybody().header("X-User", "alice")));

    assertThat(gate.written).extracting(Decision::outcome).containsExactly(Outcome.ALLOWED);
    assertThat(time).isLessThan(Duration.ofSeconds(9));
  }

  @Test
  void withholdsWhatAnotherProviderMakesUnavailableToo() {
    var gate = new GateFixture()
        .provider("p", rejecting(HELD))
        .provider("down", answering("X-Down", request -> {
          throw new UnavailableException("down", Duration.ofSeconds(1), null);
        }));

    Duration time = timeOf(() -> gate.decide(anybody()));

    assertThat(gate.written).extracting(Decision::outcome).containsExactly(Outcome.UNAVAILABLE);
    assertThat(time).isGreaterThanOrEqualTo(HELD);
  }

  @Test
  void waitsNoLongerThanTheRequestMayTake() {
    var hold = new Hold();
    hold.extend(Duration.ofDays(400_000));

    Duration time = timeOf(() -> hold.await(HELD));

    assertThat(time).isGreaterThanOrEqualTo(HELD).isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void aRefusalThatIsInterruptedStaysARefusal() throws InterruptedException {
    var gate = new GateFixture().provider("p", rejecting(Duration.ofSeconds(9)));
    var seen = new AtomicReference<Outcome>();
    var stillInterrupted = new AtomicReference<Boolean>();
    Thread caller = new Thread(() -> {
      Thread.currentThread().interrupt();
      seen.set(gate.decide(anybody()).outcome());
      stillInterrupted.set(Thread.currentThread().isInterrupted());
    });

    caller.start();
    caller.join(8_000);

    assertThat(seen.get()).isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(stillInterrupted.get()).isTrue();
  }

  @Test
  void holdsNoPlaceOfTheProviderWhileItWaits() throws InterruptedException {
    var answered = new CountDownLatch(1);
    AuthenticationProvider holding = answering("X-Other", request -> {
      answered.countDown();
      return new Rejected(Reason.WRONG_CREDENTIALS, "wrong", "alice", Duration.ofSeconds(9));
    });
    var onePlace = new Options(Then.NEXT, Then.STOP, false, new CallLimits(null, 1));
    var gate = new GateFixture().provider("p", holding, onePlace);
    Thread first = new Thread(() -> gate.decide(anybody()));
    first.start();
    assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue();
    // the answer has left the provider once the thread is parked
    long deadline = System.nanoTime() + Duration.ofSeconds(8).toNanos();
    while (first.getState() != Thread.State.TIMED_WAITING && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }

    var second = new AtomicReference<Outcome>();
    Thread other = new Thread(() -> {
      Thread.currentThread().interrupt();
      second.set(gate.decide(anybody()).outcome());
    });
    other.start();
    other.join(8_000);
    first.interrupt();
    first.join(8_000);

    assertThat(second.get()).isEqualTo(Outcome.UNAUTHENTICATED);
  }

  // --- throttled

  @Test
  void answersTheLongestTimeToWaitOfThoseThatThrottle() {
    var gate = new GateFixture()
        .provider("a", answer(new Throttled(Duration.ofSeconds(40), "alice")))
        .provider("b", answer(new Throttled(Duration.ofSeconds(30), null)));

    Decision decision = gate.decide(anybody());

    assertThat(decision.outcome()).isEqualTo(Outcome.THROTTLED);
    assertThat(decision.retryAfter()).contains(Duration.ofSeconds(40));
    assertThat(decision.claimedName()).contains("alice");
    assertThat(decision.attempts()).extracting(a -> a.answer()).containsOnly("throttled");
  }

  @Test
  void throttlingEndsTheChainWhereARejectionDoes() {
    var stop = new Options(Then.STOP, Then.STOP, false, CallLimits.DEFAULT);
    var throttled = answer(new Throttled(Duration.ofSeconds(40), "alice"));
    var stopping = new GateFixture().provider("p", throttled, stop).provider("h", ALICE_BY_HEADER);
    var going = new GateFixture().provider("p", throttled).provider("h", ALICE_BY_HEADER);

    Decision stopped = stopping.decide(anybody().header("X-User", "alice"));
    Decision gone = going.decide(anybody().header("X-User", "alice"));

    assertThat(stopped.outcome()).isEqualTo(Outcome.THROTTLED);
    assertThat(gone.outcome()).isEqualTo(Outcome.ALLOWED);
  }

  // --- locked for everything

  /** Tells of each account what a test says of it. */
  private record Locks(Function<Account, Boolean> isLocked) implements LoginAttempts {

    @Override
    public LoginAttempt begin(Account account, String client) {
      throw new AssertionError("the chain counts nothing");
    }

    @Override
    public boolean isLocked(Account account) {
      return isLocked.apply(account);
    }

    @Override
    public boolean unlock(Account account) {
      throw new AssertionError("the chain unlocks nothing");
    }
  }

  private static AuthenticationProvider token(Evidence evidence) {
    return answer(known(ALICE, evidence));
  }

  @Test
  void refusesWhateverIsPresentedForALockedAccountWhereLocksApplyToAll() {
    List<LoginAttempts.Account> asked = new ArrayList<>();
    var gate = new GateFixture()
        .provider("token", token(Evidence.of("token", NOW)))
        .locksApplyToAll(new Locks(asked::add));

    Decision decision = gate.decide(anybody());

    assertThat(decision.outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(decision.attempts().get(0).answer()).isEqualTo("locked");
    assertThat(decision.claimedName()).contains("alice");
    assertThat(asked).containsExactly(LoginAttempts.Account.of("main", ALICE));
  }

  @Test
  void letsInWhereTheAccountIsNotLockedOrLocksDoNotApply() {
    var token = token(Evidence.of("token", NOW));
    var unlocked =
        new GateFixture().provider("token", token).locksApplyToAll(new Locks(account -> false));
    var passwordOnly = new GateFixture().provider("token", token);

    assertThat(unlocked.decide(anybody()).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(passwordOnly.decide(anybody()).outcome()).isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void leavesTheJudgmentToAProviderThatHasCountedTheAttempt() {
    var gate = new GateFixture()
        .provider("password", token(Evidence.of("basic", NOW).asCounted()))
        .locksApplyToAll(new Locks(account -> true));

    assertThat(gate.decide(anybody()).outcome()).isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void whereItCannotBeToldIfAnAccountIsLockedNobodyPasses() {
    var gate = new GateFixture()
        .provider("token", token(Evidence.of("token", NOW)))
        .locksApplyToAll(new Locks(account -> {
          throw new UnavailableException("no database", Duration.ofSeconds(3), null);
        }));

    Decision decision = gate.decide(anybody());

    assertThat(decision.outcome()).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(decision.retryAfter()).contains(Duration.ofSeconds(3));
  }

  // --- header fields of the answer

  private static EntryCheck breaking() {
    return new EntryCheck() {
      @Override
      public void addHeaders(GateRequest request, Decision.Builder decision) {
        throw new IllegalStateException("broken");
      }

      @Override
      public Optional<Verdict> judge(
          GateRequest request, io.sallyport.api.Target target, Decision.Builder decision) {
        return Optional.empty();
      }
    };
  }

  @Test
  void invariant1ACheckThatFailsToAddItsHeaderFieldsLetsNothingPassAndIsWrittenDown() {
    var gate = new GateFixture().provider("h", ALICE_BY_HEADER).entryCheck(breaking());

    Decision sound = gate.decide(anybody().header("X-User", "alice"));
    Decision unsound = gate.decide(TestRequest.get("/a/../b"));

    assertThat(sound.outcome()).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(unsound.outcome()).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(gate.written).containsExactly(sound, unsound);
  }
}
