package io.sallyport.userstore.jdbc.internal.attempts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.spi.LoginAttempts.Account;
import io.sallyport.spi.LoginLimits;
import io.sallyport.spi.LoginLimits.Limit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureReportsTest {

  private static final LoginLimits LIMITS = new LoginLimits(
      new Limit(5, Duration.ofMinutes(15)),
      new Limit(300, Duration.ofMinutes(15)),
      Duration.ofDays(30));

  private static String logOf(Consumer<FailureReports> use) {
    var captured = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      use.accept(new FailureReports(LIMITS));
    } finally {
      System.setErr(before);
    }
    return captured.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.31.0.1",
        "192.168.0.1",
        "169.254.1.1",
        "::/64",
        "fd00::/64",
        "fe80::/64"
      })
  void hintsAtAProxyWhereOneOfOnesOwnMayStand(String client) {
    assertThat(FailureReports.hint(client)).contains("trusted_proxies");
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "172.32.0.1", "2001:db8::/64", "unix socket", "localhost"})
  void saysNothingOfProxiesWhereNoneOfOnesOwnStands(String client) {
    assertThat(FailureReports.hint(client)).isEmpty();
  }

  @Test
  void tellsOfTheFirstClientThatIsThrottledAndOfNoOther() {
    String log = logOf(reports -> {
      reports.throttled("192.0.2.1");
      reports.throttled("192.0.2.2");
    });

    assertThat(log).contains("300 failed logins", "192.0.2.1", "429").doesNotContain("192.0.2.2");
  }

  @Test
  void tellsOfLockedUsersOnOneLineAndOfNoNameThatNobodyHas() {
    String log = logOf(reports -> {
      reports.locked(new Account("main", "ali\nce"), "192.0.2.1");
      reports.locked(Account.unknown("my password"), "192.0.2.1");
    });

    assertThat(log).contains("have locked user ali?ce of userstore main", "192.0.2.1");
    assertThat(log.lines()).hasSize(1);
    assertThat(log).doesNotContain("my password");
  }
}
