package io.sallyport.core.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Outcome;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AuditLevelTest {

  @Test
  void invariant8WritesRefusalsAndAuthenticatedPassesByDefault() {
    Set<Outcome> written = writtenAt(AuditLevel.INFO);

    assertThat(written)
        .containsExactlyInAnyOrder(
            Outcome.ALLOWED,
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

  @ParameterizedTest
  @EnumSource(names = {"WARNING", "ERROR"})
  void writesRefusalsOnlyAboveInfo(AuditLevel threshold) {
    Set<Outcome> written = writtenAt(threshold);

    assertThat(written).hasSize(5).noneMatch(Outcome::passes);
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
