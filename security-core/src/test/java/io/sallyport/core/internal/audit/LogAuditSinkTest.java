package io.sallyport.core.internal.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Decision;
import io.sallyport.api.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** The logger of the tests writes information and errors to the standard error stream. */
class LogAuditSinkTest {

  private final LogAuditSink sink = new LogAuditSink();

  @Test
  void logsARefusalAsAnError() {
    String logged =
        logged(Decisions.request(1).claimedName("a\nb").end(Outcome.UNAUTHENTICATED, "why"));

    assertThat(logged)
        .contains("ERROR " + LogAuditSink.LOGGER + " - {\"time\":", "\"claimed_user\":\"a\\nb\"")
        .endsWith("\"reason\":\"why\"}" + System.lineSeparator());
  }

  @Test
  void logsAPassOnABypassPortAsAWarning() {
    String logged = logged(Decisions.request(1).end(Outcome.BYPASSED, "nobody is asked"));

    assertThat(logged).contains("WARN " + LogAuditSink.LOGGER + " - {\"time\":", "nobody is asked");
  }

  @Test
  void logsAPassAsInformation() {
    String logged = logged(
        Decisions.request(1).identity(Decisions.identity("alice")).end(Outcome.ALLOWED, "may"));

    assertThat(logged)
        .contains("INFO " + LogAuditSink.LOGGER + " - {\"time\":", "\"user\":\"alice\"");
  }

  @Test
  void leavesOutAPassUnderAnOpenRuleUnlessTheLogIsForDebugging() {
    String logged = logged(Decisions.request(1).end(Outcome.OPEN, "open"));

    assertThat(logged).isEmpty();
  }

  private String logged(Decision decision) {
    PrintStream before = System.err;
    var captured = new ByteArrayOutputStream();
    System.setErr(new PrintStream(captured, true, UTF_8));
    try {
      sink.record(decision);
    } finally {
      System.setErr(before);
    }
    return captured.toString(UTF_8);
  }
}
