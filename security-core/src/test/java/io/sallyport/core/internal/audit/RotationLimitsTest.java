package io.sallyport.core.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationLimitsTest {

  @Test
  void takesTheLeastValues() {
    var limits = new RotationLimits(1, 0);

    assertThat(limits.maxBytes()).isEqualTo(1);
    assertThat(limits.backups()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, 20", "1, -1"})
  void refusesLess(long maxBytes, int backups) {
    assertThatThrownBy(() -> new RotationLimits(maxBytes, backups))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("got " + maxBytes + " and " + backups);
  }
}
