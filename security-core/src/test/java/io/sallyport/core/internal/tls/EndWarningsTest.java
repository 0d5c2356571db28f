package io.sallyport.core.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndWarningsTest {

  private static final Duration DAY = Duration.ofDays(1);

  @TempDir
  private static Path folder;

  private static X509Certificate certificate;
  private static X509Certificate other;
  private static Instant end;

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private volatile Instant now = Instant.EPOCH;

  @BeforeAll
  static void makeKeys() throws Exception {
    TestKeys keys = TestKeys.make(folder, List.of("EC"));
    certificate = keys.certificate("EC");
    other = keys.certificate(TestKeys.CA);
    end = certificate.getNotAfter().toInstant();
  }

  @BeforeEach
  void capture() {
    // where the logger of the tests writes
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setErr(before);
  }

  @Test
  void saysNothingUntilFourteenDaysAreLeft() {
    var warnings = warnings();

    lookAt(end.minus(DAY.multipliedBy(14)).minusSeconds(1), warnings);
    assertThat(logged()).isEmpty();
    lookAt(end.minus(DAY.multipliedBy(14)), warnings);

    assertThat(logged()).contains("The certificate of CN=Test server in server.pem ends on " + end);
  }

  @Test
  void saysSoOnceForEachDay() {
    var warnings = warnings();

    for (int minutes = 0; minutes < 3 * 24 * 60; minutes++) {
      lookAt(end.minus(DAY.multipliedBy(10)).plusSeconds(60L * minutes + 1), warnings);
    }

    assertThat(logged().lines().filter(line -> line.contains("ends on")))
        .satisfiesExactly(
            line -> assertThat(line).contains("within 10 days"),
            line -> assertThat(line).contains("within 9 days"),
            line -> assertThat(line).contains("within 8 days"));
  }

  @Test
  void saysEachDayThatItHasExpired() {
    var warnings = warnings();

    lookAt(end, warnings);
    assertThat(logged()).contains("ends on").doesNotContain("expired");
    lookAt(end.plusSeconds(1), warnings);
    lookAt(end.plusSeconds(2), warnings);
    lookAt(end.plus(DAY).plusSeconds(1), warnings);

    assertThat(logged().lines().filter(line -> line.contains("has expired on " + end)))
        .hasSize(2);
  }

  @Test
  void saysSoOfARenewedCertificateTooAndNothingMoreOfTheOneBefore() {
    var warnings = warnings();
    now = end.minus(DAY);

    warnings.look(List.of(certificate));
    warnings.look(List.of(other));
    warnings.look(List.of(other));

    assertThat(logged().lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("CN=Test server"),
            line -> assertThat(line).contains("CN=Test authority"));
  }

  private EndWarnings warnings() {
    InstantSource clock = () -> now;
    return new EndWarnings(Path.of("server.pem"), clock);
  }

  private void lookAt(Instant instant, EndWarnings warnings) {
    now = instant;
    warnings.look(List.of(certificate));
  }

  private String logged() {
    return log.toString(StandardCharsets.UTF_8);
  }
}
