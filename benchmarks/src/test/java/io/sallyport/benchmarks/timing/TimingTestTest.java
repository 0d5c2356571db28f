package io.sallyport.benchmarks.timing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TimingTestTest {

  @Test
  void measuresEachKindOfFailure() {
    var out = new ByteArrayOutputStream();

    double worst = new TimingTest(2, 1, 1, new PrintStream(out, true, UTF_8)).run("3s");

    assertThat(worst).isPositive();
    assertThat(out.toString(UTF_8)).contains("greatest |t| of all pairs");
    for (Kind kind : Kind.values()) {
      assertThat(out.toString(UTF_8)).containsPattern("(?m)^" + kind + " +2 ");
    }
  }
}
