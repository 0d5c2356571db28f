package io.sallyport.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NodesTestTest {

  @Test
  void simulatesNodesThatShareADatabase() {
    var test = new NodesTest(Duration.ofMillis(500), 50, 100, List.of(1, 3));

    assertThatCode(test::run).doesNotThrowAnyException();
  }

  @Test
  void performsEachOperation() {
    var performed = IntStream.range(0, 1000).mapToObj(Operation::at);

    assertThat(performed).contains(Operation.values());
  }

  @Test
  void writesWithEachOperationThatWrites() {
    var performed = IntStream.range(0, 1000).mapToObj(Operation::writingAt).distinct();

    assertThat(performed)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Operation.values()).filter(Operation::writes).toList());
  }
}
