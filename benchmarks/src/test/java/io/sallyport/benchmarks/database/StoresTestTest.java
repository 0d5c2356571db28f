package io.sallyport.benchmarks.database;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StoresTestTest {

  @Test
  void measuresTokensAndFailedLogins() {
    var test = new StoresTest(Duration.ofMillis(50), 100);

    assertThatCode(test::run).doesNotThrowAnyException();
  }
}
