package io.sallyport.benchmarks.database;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StoresTestTest {

  @Test
  void measuresTokensAndFailedLogins() {
    assumeThat(Parts.complete()).isTrue();
    var test = new StoresTest(Duration.ofMillis(50), 100);

    assertThatCode(test::run).doesNotThrowAnyException();
  }
}
