package io.sallyport.userstore.jdbc.internal.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spi.LoginLimits;
import io.sallyport.spi.LoginLimits.Limit;
import io.sallyport.userstore.jdbc.internal.attempts.AccountState.Place;
import io.sallyport.userstore.jdbc.internal.attempts.RowKeys.Client;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AccountStateTest {

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long LOCK = 15 * MINUTE;

  private static LoginLimits limits(int failures, Duration time) {
    return new LoginLimits(new Limit(failures, time), new Limit(300, time), Duration.ofDays(30));
  }

  private static final LoginLimits LIMITS = limits(5, Duration.ofMinutes(15));

  private static Client client(int number) {
    return new Client(number, -number);
  }

  private static void signIn(AccountState state, Client client, long now) {
    state.succeeded(state.begin(client, now), client, false, now);
  }

  private static boolean isFamiliar(AccountState state, Client client, long now) {
    Place place = state.begin(client, now);
    if (place.isReserved()) {
      state.abandoned(place, client);
    }
    return place.familiar();
  }

  private static byte[] written(AccountState state) throws IOException {
    var bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static AccountState read(byte[] bytes, LoginLimits limits) throws IOException {
    return AccountState.read(new DataInputStream(new ByteArrayInputStream(bytes)), limits);
  }

  @Test
  void anAccountKnowsTheClientsThatSignedInLast() {
    AccountState state = AccountState.empty(LIMITS);
    for (int i = 0; i <= AccountState.MOST_FAMILIAR; i++) {
      signIn(state, client(i), i);
    }
    signIn(state, client(5), 100);

    assertThat(isFamiliar(state, client(0), 101)).isFalse();
    assertThat(isFamiliar(state, client(1), 101)).isTrue();
    assertThat(isFamiliar(state, client(5), 101)).isTrue();
  }

  @Test
  void aFamiliarClientThatHasFailedIsNotForgottenForAnother() {
    AccountState state = AccountState.empty(LIMITS);
    for (int i = 0; i < AccountState.MOST_FAMILIAR; i++) {
      signIn(state, client(i), 1);
      state.failed(state.begin(client(i), 2), client(i), 2);
    }

    signIn(state, client(99), 3);

    assertThat(isFamiliar(state, client(99), 4)).isFalse();
    assertThat(isFamiliar(state, client(0), 4)).isTrue();
  }

  @Test
  void forgetsWhoWasFamiliarLongAgo() throws IOException {
    AccountState state = AccountState.empty(LIMITS);
    int empty = written(state).length;
    for (int i = 0; i < 10; i++) {
      signIn(state, client(i), i);
    }
    int full = written(state).length;

    signIn(state, client(99), Duration.ofDays(31).toMillis());

    assertThat(full).isEqualTo(empty + 10 * (written(state).length - empty));
  }

  @Test
  void itsSizeHasABoundWhateverIsDone() throws IOException {
    LoginLimits wide = limits(1_000, Duration.ofMinutes(15));
    AccountState state = AccountState.empty(wide);
    for (int i = 0; i < 100; i++) {
      signIn(state, client(i), 0);
    }
    for (long now = 0; now < 10 * LOCK; now += MINUTE / 4) {
      for (int i = 0; i < 101; i++) {
        Place place = state.begin(client(i), now);
        if (i % 2 == 0) {
          state.failed(place, client(i), now);
        }
      }
    }

    assertThat(written(state).length).isLessThan(16_000);
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    AccountState state = AccountState.empty(LIMITS);
    signIn(state, client(1), 1);
    state.failed(state.begin(client(1), 2), client(1), 2);
    for (int i = 0; i < 5; i++) {
      state.failed(state.begin(client(2), 3), client(2), 3);
    }

    AccountState again = read(written(state), LIMITS);

    assertThat(written(again)).isEqualTo(written(state));
    assertThat(again.isLocked(2 + LOCK)).isTrue();
    assertThat(again.isLocked(3 + LOCK)).isFalse();
    assertThat(again.lockedUntil()).isEqualTo(3 + LOCK);
    assertThat(isFamiliar(again, client(1), 4)).isTrue();
  }

  @Test
  void goesOnWithWhatHasCountedUnderOtherLimits() throws IOException {
    AccountState state = AccountState.empty(limits(10, Duration.ofDays(15)));
    for (int day = 0; day < 4; day++) {
      long now = Duration.ofDays(day).toMillis();
      state.failed(state.begin(client(1), now), client(1), now);
    }
    long now = Duration.ofDays(3).toMillis();

    AccountState narrow = read(written(state), limits(5, Duration.ofMinutes(15)));
    assertThat(narrow.failed(narrow.begin(client(1), now), client(1), now)).isFalse();
    AccountState strict = read(written(state), limits(5, Duration.ofDays(15)));
    assertThat(strict.failed(strict.begin(client(1), now), client(1), now)).isTrue();
  }

  @Test
  void theNumberOfSlicesHasABoundWhenTheLimitsChangeToAndFro() throws IOException {
    Limit shortly = new Limit(1_000, Duration.ofSeconds(15));
    Limit longer = new Limit(1_000, Duration.ofDays(15));
    FailureWindow window = new FailureWindow(longer);
    for (int i = 0; i < 200; i++) {
      var bytes = new ByteArrayOutputStream();
      window.write(new DataOutputStream(bytes));
      window = FailureWindow.read(
          new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())),
          i % 10 == 0 ? shortly : longer);
      window.addFailure(2_000L * i);
    }

    var bytes = new ByteArrayOutputStream();
    window.write(new DataOutputStream(bytes));
    assertThat(bytes.size()).isLessThan(1_000);
  }
}
