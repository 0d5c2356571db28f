package io.sallyport.benchmarks.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleTest {

  @Test
  void knowsMeanAndUnbiasedVariance() {
    Sample sample = of(2, 4, 4, 4, 5, 5, 7, 9);

    assertThat(sample.count()).isEqualTo(8);
    assertThat(sample.mean()).isCloseTo(5, within(1e-12));
    assertThat(sample.variance()).isCloseTo(32.0 / 7, within(1e-12));
  }

  @Test
  void comparesTwoSamplesAsWelchDoes() {
    // by hand: means 3 and 6, variances 2.5 and 10, so -3 / sqrt(2.5 / 5 + 10 / 5)
    double t = Sample.welch(of(1, 2, 3, 4, 5), of(2, 4, 6, 8, 10));

    assertThat(t).isCloseTo(-1.8973665961010275, within(1e-12));
  }

  @Test
  void seesADifferenceOfATenthOfTheSpreadInEnoughMeasurements() {
    Random random = new Random(7);
    Sample one = new Sample();
    Sample same = new Sample();
    Sample later = new Sample();
    for (int i = 0; i < 20_000; i++) {
      one.add(100 + random.nextGaussian());
      same.add(100 + random.nextGaussian());
      later.add(100.1 + random.nextGaussian());
    }

    assertThat(Math.abs(Sample.welch(one, same))).isLessThan(4.5);
    assertThat(Sample.welch(later, one)).isGreaterThan(4.5);
  }

  private static Sample of(double... values) {
    Sample sample = new Sample();
    for (double value : values) {
      sample.add(value);
    }
    return sample;
  }
}
