package io.sallyport.benchmarks.timing;

/** The number, mean and variance of measurements, in one pass (Welford). */
final class Sample {

  private long count;
  private double mean;
  private double squares;

  void add(double value) {
    count++;
    double before = value - mean;
    mean += before / count;
    squares += before * (value - mean);
  }

  long count() {
    return count;
  }

  double mean() {
    return mean;
  }

  /** The unbiased variance; 0 for less than two measurements. */
  double variance() {
    return count < 2 ? 0 : squares / (count - 1);
  }

  /**
   * Welch's t: by how many standard errors two means differ. Beyond 4.5, chance is as good as excluded
   * (one in 100,000), even where dozens of pairs are compared.
   */
  static double welch(Sample one, Sample other) {
    double error = one.variance() / one.count + other.variance() / other.count;
    return (one.mean - other.mean) / Math.sqrt(error);
  }
}
