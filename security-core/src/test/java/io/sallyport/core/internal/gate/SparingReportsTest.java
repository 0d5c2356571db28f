package io.sallyport.core.internal.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SparingReportsTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final SparingReports reports = new SparingReports(nanos::get);

  @Test
  void tellsTheFirstAtOnce() {
    assertThat(reports.next()).hasValue(0);
  }

  @Test
  void tellsOneASecondAndHowManyItDidNot() {
    reports.next();
    for (int i = 0; i < 2000; i++) {
      assertThat(reports.next()).isEmpty();
    }
    nanos.addAndGet(Duration.ofSeconds(1).toNanos() - 1);
    assertThat(reports.next()).isEmpty();

    nanos.incrementAndGet();

    assertThat(reports.next()).hasValue(2001);
    assertThat(reports.next()).isEmpty();
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    assertThat(reports.next()).hasValue(1);
  }
}
