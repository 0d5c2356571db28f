package io.sallyport.core.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Outcome;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AuditLevelTest {

  @Test
  void invariant8WritesRefusalsAndAuthenticatedPassesByDefault() {
    Set<Outcome> written = writtenAt(AuditLevel.INFO);

    assertThat(written)
        .containsExactlyInAnyOrder(
            Outcome.ALLOWED,
            Outcome.BYPASSED,
            Outcome.INSECURE,
            Outcome.MALFORMED,
            Outcome.UNAUTHENTICATED,
            Outcome.FORBIDDEN,
            Outcome.THROTTLED,
            Outcome.UNAVAILABLE);
  }

  @Test
  void writesOpenPassesAtDebugToo() {
    Set<Outcome> written = writtenAt(AuditLevel.DEBUG);

    assertThat(written).containsExactlyInAnyOrder(Outcome.values());
  }

  @Test
  void writesWhatNobodyWasAskedForAtWarningToo() {
    Set<Outcome> written = writtenAt(AuditLevel.WARNING);

    assertThat(written).filteredOn(Outcome::passes).containsExactly(Outcome.BYPASSED);
  }

  @Test
  void writesRefusalsOnlyAtError() {
    Set<Outcome> written = writtenAt(AuditLevel.ERROR);

    assertThat(written).hasSize(6).noneMatch(Outcome::passes);
  }

  @Test
  void writesNothingAtCritical() {
    Set<Outcome> written = writtenAt(AuditLevel.CRITICAL);

    assertThat(written).isEmpty();
  }

  private static Set<Outcome> writtenAt(AuditLevel threshold) {
    return Arrays.stream(Outcome.values())
        .filter(outcome -> AuditLevel.of(outcome).isWrittenAt(threshold))
        .collect(Collectors.toSet());
  }
}
