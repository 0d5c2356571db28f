package io.sallyport.benchmarks.timing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingTestTest {

  @Test
  void measuresEachKindOfFailure() {
    var out = new ByteArrayOutputStream();
    List<Kind> quick =
        List.of(Kind.WRONG_PASSWORD, Kind.UNKNOWN_USER, Kind.LOCKED_RIGHT_PASSWORD, Kind.DES_CRYPT);

    double worst = new TimingTest(quick, 2, 1, 1, new PrintStream(out, true, UTF_8)).run("3s");

    assertThat(worst).isPositive();
    assertThat(out.toString(UTF_8)).contains("greatest |t| of all pairs");
    for (Kind kind : quick) {
      assertThat(out.toString(UTF_8)).containsPattern("(?m)^" + kind + " +2 ");
    }
  }
}
