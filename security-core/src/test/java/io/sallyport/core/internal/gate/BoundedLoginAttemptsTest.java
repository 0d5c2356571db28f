package io.sallyport.core.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.spi.LoginAttempt;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoundedLoginAttemptsTest {

  private static final LoginAttempts.Account ALICE = new LoginAttempts.Account("main", "alice");

  private final List<String> told = new ArrayList<>();
  private final CountDownLatch never = new CountDownLatch(1);

  /** Somebody else's counters, which write down what they are told. */
  private class Recording implements LoginAttempts {

    @Override
    public LoginAttempt begin(Account account, String client) {
      told.add("begin " + account.key() + " " + client);
      return new RecordingAttempt(LoginAttempt.Standing.THROTTLED);
    }

    @Override
    public boolean isSettled(Account account, String client) {
      return told.add("isSettled " + account.key() + " " + client);
    }

    @Override
    public boolean isLocked(Account account) {
      return told.add("isLocked " + account.key());
    }

    @Override
    public boolean unlock(Account account) {
      return told.add("unlock " + account.key());
    }

    @Override
    public void close() {
      told.add("close");
    }
  }

  private final class RecordingAttempt implements LoginAttempt {

    private final @Nullable Standing standing;

    RecordingAttempt(@Nullable Standing standing) {
      this.standing = standing;
    }

    @Override
    @SuppressWarnings("NullAway") // what a careless implementation does
    public Standing standing() {
      return standing;
    }

    @Override
    public Duration retryAfter() {
      return Duration.ofSeconds(9);
    }

    @Override
    public boolean isFamiliar() {
      return true;
    }

    @Override
    public void succeeded() {
      told.add("succeeded");
    }

    @Override
    public void failed() {
      told.add("failed");
    }

    @Override
    public void abandoned() {
      told.add("abandoned");
    }
  }

  @Test
  void handsEverythingOnAndClosesWhatItBounds() {
    var bounded = new BoundedLoginAttempts(new Recording(), CallLimits.DEFAULT);

    LoginAttempt attempt = bounded.begin(ALICE, "192.0.2.1");
    attempt.succeeded();
    attempt.failed();
    attempt.abandoned();

    assertThat(attempt.standing()).isEqualTo(LoginAttempt.Standing.THROTTLED);
    assertThat(attempt.retryAfter()).isEqualTo(Duration.ofSeconds(9));
    assertThat(attempt.isFamiliar()).isTrue();
    assertThat(bounded.isSettled(ALICE, "192.0.2.2")).isTrue();
    assertThat(bounded.isLocked(ALICE)).isTrue();
    assertThat(bounded.unlock(ALICE)).isTrue();
    bounded.close();
    assertThat(told)
        .containsExactly(
            "begin alice 192.0.2.1",
            "succeeded",
            "failed",
            "abandoned",
            "isSettled alice 192.0.2.2",
            "isLocked alice",
            "unlock alice",
            "close");
  }

  @Test
  void countersThatDoNotAnswerInTimeCannotTell() {
    LoginAttempts hanging = new Recording() {
      @Override
      public boolean isLocked(Account account) {
        try {
          return never.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          return false;
        }
      }
    };
    try (var bounded =
        new BoundedLoginAttempts(hanging, new CallLimits(Duration.ofMillis(50), 2))) {

      assertThatThrownBy(() -> bounded.isLocked(ALICE))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("login_attempts did not answer within 50 ms");
    }
  }

  @Test
  void anAttemptWithoutAStandingIsNoAttempt() {
    var bounded = new BoundedLoginAttempts(
        new Recording() {
          @Override
          public LoginAttempt begin(Account account, String client) {
            return new RecordingAttempt(null);
          }
        },
        CallLimits.DEFAULT);

    assertThatThrownBy(() -> bounded.begin(ALICE, "192.0.2.1"))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("the standing of the attempt");
  }
}
