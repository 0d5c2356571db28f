package io.sallyport.benchmarks.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LatenciesTest {

  @Test
  void tellsCountMeanAndRanksOfAllThatWereAdded() {
    Latencies odd = new Latencies();
    Latencies even = new Latencies();
    LongStream.rangeClosed(1, 5000).forEach(i -> (i % 2 == 0 ? even : odd).add(i * 1000));

    odd.addAll(even);

    assertThat(odd.count()).isEqualTo(5000);
    assertThat(odd.meanMicros()).isEqualTo(2500.5);
    assertThat(odd.micros(0.5)).isEqualTo(2500);
    assertThat(odd.micros(0.99)).isEqualTo(4950);
    assertThat(odd.micros(1)).isEqualTo(5000);
  }

  @Test
  void tellsNothingOfNothing() {
    Latencies none = new Latencies();

    double median = none.micros(0.5);

    assertThat(median).isNaN();
    assertThat(none.meanMicros()).isNaN();
  }
}
