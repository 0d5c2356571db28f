package io.sallyport.authprovider.password.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashingLimitsTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1",
    "2, 1, 1",
    "3, 1, 2",
    "4, 1, 3",
    "5, 1, 3",
    "7, 1, 5",
    "8, 2, 6",
    "16, 4, 12",
    "100000, 25000, 75000"
  })
  void givesAClientAQuarterAndKeepsAQuarterForTheOtherKind(int queue, int perClient, int perKind) {
    HashingLimits limits = new HashingLimits(1, queue, 1);

    assertThat(limits.perClient()).isEqualTo(perClient);
    assertThat(limits.perKind()).isEqualTo(perKind);
  }

  @ParameterizedTest
  @CsvSource({"1, 19456, 65536", "4, 262144, 262144", "4, 262145, 262145", "256, 0, 16777216"})
  void hasMemoryForEveryThreadAndForTheDearestHash(int threads, int dearestKib, int memoryKib) {
    assertThat(HashingLimits.usualMemoryKib(threads, dearestKib)).isEqualTo(memoryKib);
  }

  @Test
  void refusesAPoolInWhichNothingCouldEverBeComputed() {
    assertThatThrownBy(() -> new HashingLimits(0, 1, 1)).hasMessageContaining("got 0, 1 and 1");
    assertThatThrownBy(() -> new HashingLimits(1, 0, 1)).hasMessageContaining("got 1, 0 and 1");
    assertThatThrownBy(() -> new HashingLimits(1, 1, 0)).hasMessageContaining("got 1, 1 and 0");
  }
}
