package io.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Profile;
import io.sallyport.spi.LoginAttempt;
import io.sallyport.spi.LoginAttempt.Standing;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.LoginAttempts.Account;
import io.sallyport.spi.LoginAttemptsFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts failed logins, as the file and the builder set it up. */
class LoginAttemptsOnClassPathTest {

  private static final Account ALICE = new Account("main", "alice");

  @TempDir
  Path folder;

  private static String sound(String more) {
    return """
        version: 1
        userstore: {implementation: listed, properties: {users: ['alice:user']}}
        authentication_providers:
          - {name: caller, implementation: named}
        authorization: none
        """ + more;
  }

  private Sallyport load(String more) throws IOException {
    Path file = folder.resolve("security.yaml");
    Files.writeString(file, sound(more));
    return Sallyport.load(file);
  }

  private String problemsOf(String more) {
    try (Sallyport opened = load(more)) {
      return "opened " + opened;
    } catch (InvalidConfigurationException e) {
      return e.getMessage();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The failure that locks; 0 if not even the 50th does. */
  private static int failuresUntilLock(LoginAttempts attempts) {
    for (int i = 1; i <= 50; i++) {
      attempts.begin(ALICE, "192.0.2." + i).failed();
      if (attempts.isLocked(ALICE)) {
        return i;
      }
    }
    return 0;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "profile: standard | 5",
        "profile: cloudify-3 | 5",
        "profile: cloudify-4 | 5",
        "failed_logins_before_account_lock: 1 | 1",
        "failed_logins_before_account_lock: 7 | 7",
        "{profile: cloudify-3, failed_logins_before_account_lock: 7} | 8",
        "{profile: cloudify-4, failed_logins_before_account_lock: 7} | 8",
        "{profile: cloudify-4, failed_logins_before_account_lock: 0} | 1",
        "failed_logins_before_account_lock: -1 | 0",
        "account_lock_period: -1 | 0",
        "{profile: cloudify-4, account_lock_period: -1} | 0",
        "{profile: cloudify-4, account_lock_period: 20} | 5",
        "{account_lock_period: 90s} | 5",
        "login_attempts: {implementation: memory} | 5",
        "login_attempts: {implementation: memory, properties: {failed_logins_before_account_lock: 9}} | 9",
        "login_attempts: {implementation: memory, properties: {account_lock_period: -1}} | 0",
      })
  void theConfiguredFailureLocks(String keys, int failures) throws IOException {
    String lines =
        keys.startsWith("{") ? keys.substring(1, keys.length() - 1).replace(", ", "\n") : keys;
    try (Sallyport sallyport = load(lines + "\n")) {
      assertThat(failuresUntilLock(sallyport.loginAttempts())).isEqualTo(failures);
    }
  }

  @Test
  void readsAllLimitsOfTheCountersInMemory() throws IOException {
    try (Sallyport sallyport = load("""
        login_attempts:
          implementation: memory
          properties:
            failed_logins_before_account_lock: 2
            account_lock_period: 1
            client_failures: 3
            client_window: 15s
            familiar_for: 0s
            max_tracked: 1000
        """)) {
      LoginAttempts attempts = sallyport.loginAttempts();
      attempts.begin(ALICE, "192.0.2.1").succeeded();
      for (int i = 0; i < 3; i++) {
        attempts.begin(Account.unknown("x" + i), "192.0.2.1").failed();
      }

      LoginAttempt throttled = attempts.begin(ALICE, "192.0.2.1");

      assertThat(throttled.standing()).isEqualTo(Standing.THROTTLED);
      assertThat(throttled.retryAfter())
          .isGreaterThan(Duration.ofSeconds(10))
          .isLessThanOrEqualTo(Duration.ofSeconds(16));
    }
  }

  @Test
  void aClientMayBeLeftUnthrottledAndFamiliarityMayBeSwitchedOff() throws IOException {
    try (Sallyport sallyport = load("""
        login_attempts: {implementation: memory, properties: {client_failures: -1, familiar_for: 0s}}
        """)) {
      LoginAttempts attempts = sallyport.loginAttempts();
      attempts.begin(ALICE, "192.0.2.1").succeeded();
      for (int i = 0; i < 1_000; i++) {
        attempts.begin(Account.unknown("x"), "192.0.2.1").failed();
      }

      LoginAttempt attempt = attempts.begin(ALICE, "192.0.2.1");

      assertThat(attempt.standing()).isEqualTo(Standing.ADMITTED);
      assertThat(attempt.isFamiliar()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "failed_logins_before_account_lock: 0 | expected 1 to 1000, or -1 to switch it off",
        "failed_logins_before_account_lock: 1001 | expected a whole number from -1 to 1000",
        "failed_logins_before_account_lock: five | expected a whole number",
        "account_lock_period: 0 | expected 1 to 525600, or -1 to switch it off",
        "account_lock_period: -2 | expected a whole number from -1",
        "account_lock_period: 500ms | expected a number with a unit, from 1s to 365d",
        "lock_applies_to: tokens | expected one of password, all",
        "login_attempts: {implementation: memori} | did you mean \"memory\"?",
        "login_attempts: {implementation: memory, properties: {client_failure: 3}} | did you mean \"client_failures\"?",
        "login_attempts: {implementation: memory, properties: {max_tracked: 10}} | from 1000 to 10000000",
        "login_attempts: {implementation: memory, properties: {client_window: 0s}} | from 1s to 365d",
        "login_attempts: {implementation: memory, timeout: 2h} | from 1ms to 1m",
        "client_failures: 5 | unknown key",
        "{login_attempts: {implementation: memory}, account_lock_period: 5} | unknown key",
        "login_attempts: {implementation: locked-for-all, properties: {curious: true}} | failed with",
      })
  void tellsWhatIsWrong(String keys, String problem) {
    String lines =
        keys.startsWith("{") ? keys.substring(1, keys.length() - 1).replace("}, ", "}\n") : keys;

    assertThat(problemsOf(lines + "\n")).contains(problem);
  }

  @Test
  void anybodysCountersTakeThePlaceOfOurs() throws IOException {
    try (Sallyport sallyport =
        load("login_attempts: {implementation: locked-for-all, timeout: 1s}\n")) {
      assertThat(sallyport.loginAttempts().isLocked(ALICE)).isTrue();
      assertThatThrownBy(() -> sallyport.loginAttempts().begin(ALICE, "192.0.2.1"))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "locked-for-all"})
  void theBuilderSaysTheSame(String implementation) {
    SallyportBuilder builder = Sallyport.builder()
        .provider(
            "none",
            request -> new io.sallyport.api.AuthenticationResult.NotPresented(),
            PartOptions.defaults())
        .withoutAuthorization()
        .lockAppliesTo(LockScope.ALL)
        .auditToLog();
    LoginAttempts made =
        builder.make(LoginAttemptsFactory.class, implementation, "login_attempts", Map.of());
    builder.loginAttempts(made, PartOptions.defaults());

    try (Sallyport sallyport = builder.build()) {
      LoginAttempts attempts = sallyport.loginAttempts();
      assertThat(attempts.isLocked(ALICE)).isEqualTo(implementation.equals("locked-for-all"));
      assertThat(builder.context("p").loginAttempts()).isSameAs(attempts);
    }
  }

  @Test
  void theCountersAreTheSameForAllPartsAndCannotBeChangedOnceTheyAreInUse() {
    SallyportBuilder builder = Sallyport.builder().profile(Profile.CLOUDIFY_3);

    LoginAttempts first = builder.context("one").loginAttempts();

    assertThat(builder.context("two").loginAttempts()).isSameAs(first);
    assertThatThrownBy(() -> builder.loginAttempts(first, PartOptions.defaults()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before parts are made that ask");
  }

  @Test
  void theLockAppliesToEverythingUnderCloudify4UnlessTheFileSaysOtherwise() throws IOException {
    assertThat(SallyportBuilder.usualLockScope(Profile.CLOUDIFY_4)).isEqualTo(LockScope.ALL);
    assertThat(SallyportBuilder.usualLockScope(Profile.CLOUDIFY_3)).isEqualTo(LockScope.PASSWORD);
    assertThat(SallyportBuilder.usualLockScope(Profile.STANDARD)).isEqualTo(LockScope.PASSWORD);
    for (String scope : new String[] {"password", "all"}) {
      try (Sallyport sallyport = load("profile: cloudify-4\nlock_applies_to: " + scope + "\n")) {
        assertThat(sallyport.loginAttempts()).isNotNull();
      }
    }
  }
}
