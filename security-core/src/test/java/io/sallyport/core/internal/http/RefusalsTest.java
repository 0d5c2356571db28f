package io.sallyport.core.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalsTest {

  @Test
  void neverTellsToComeBackTooEarly() {
    assertThat(Refusals.seconds(Duration.ZERO)).isEqualTo("1");
    assertThat(Refusals.seconds(Duration.ofSeconds(1))).isEqualTo("1");
    assertThat(Refusals.seconds(Duration.ofSeconds(1).plusNanos(1))).isEqualTo("2");
    assertThat(Refusals.seconds(Duration.ofMillis(59_500))).isEqualTo("60");
    assertThat(Refusals.seconds(Duration.ofSeconds(Long.MAX_VALUE)))
        .isEqualTo(Long.toString(Long.MAX_VALUE));
  }
}
