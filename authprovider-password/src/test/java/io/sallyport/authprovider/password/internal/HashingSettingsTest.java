package io.sallyport.authprovider.password.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashingSettingsTest {

  private static final int DEAREST_KIB = 256 * 1024;

  @Test
  void followsTheProcessorsWhereNothingIsWritten() {
    MapSettings properties = new MapSettings(Map.of());

    HashingSettings read = HashingSettings.read(properties, 19_456);

    int processors = Runtime.getRuntime().availableProcessors();
    assertThat(read.limits())
        .isEqualTo(new HashingLimits(processors, 8 * processors, processors * 64 * 1024));
    assertThat(read.minPad()).isZero();
    assertThat(read.maxPad()).isEqualTo(Duration.ofSeconds(1));
    assertThat(properties.problems()).isEmpty();
  }

  @Test
  void hasRoomForTheDearestHashWithFewThreads() {
    HashingSettings read = HashingSettings.read(hashing(Map.of("threads", 1)), DEAREST_KIB + 1);

    assertThat(read.limits().memoryKib()).isEqualTo(257 * 1024);
  }

  @Test
  void takesWhatIsWritten() {
    HashingSettings read = HashingSettings.read(
        hashing(Map.of(
            "threads", 3,
            "queue", 50,
            "memory_mib", 300,
            "min_pad", Duration.ofMillis(20),
            "max_pad", Duration.ofMillis(20))),
        DEAREST_KIB);

    assertThat(read)
        .isEqualTo(new HashingSettings(
            new HashingLimits(3, 50, 300 * 1024), Duration.ofMillis(20), Duration.ofMillis(20)));
  }

  @ParameterizedTest
  @CsvSource({
    "threads, 1, true",
    "threads, 256, true",
    "threads, 0, false",
    "threads, 257, false",
    "queue, 1, true",
    "queue, 100000, true",
    "queue, 0, false",
    "queue, 100001, false",
    "memory_mib, 256, true",
    "memory_mib, 1048576, true",
    "memory_mib, 255, false",
    "memory_mib, 1048577, false"
  })
  void takesNumbersWithinTheirBounds(String key, int value, boolean good) {
    MapSettings properties = hashing(Map.of(key, value));

    HashingSettings.read(properties, DEAREST_KIB);

    assertThat(properties.problems().isEmpty()).isEqualTo(good);
    assertThat(properties.problems()).allMatch(problem -> problem.startsWith(key + ": "));
  }

  @Test
  void saysWhyTheMemoryIsTooLittle() {
    MapSettings properties = hashing(Map.of("memory_mib", 255));

    HashingSettings read = HashingSettings.read(properties, DEAREST_KIB);

    assertThat(properties.problems())
        .singleElement()
        .asString()
        .contains("at least 256", "limits.memory_kib");
    assertThat(read.limits().memoryKib()).isEqualTo(DEAREST_KIB);
  }

  @Test
  void refusesALeastTimeAboveTheMost() {
    MapSettings properties =
        hashing(Map.of("min_pad", Duration.ofMillis(1001), "max_pad", Duration.ofMillis(1000)));

    HashingSettings.read(properties, DEAREST_KIB);

    assertThat(properties.problems()).singleElement().asString().startsWith("min_pad: ");
  }

  @ParameterizedTest
  @CsvSource({"PT0S, true", "PT30S, true", "PT30.001S, false"})
  void withholdsUpToHalfAMinute(Duration maxPad, boolean good) {
    MapSettings properties = hashing(Map.of("max_pad", maxPad));

    HashingSettings.read(properties, DEAREST_KIB);

    assertThat(properties.problems().isEmpty()).isEqualTo(good);
  }

  private static MapSettings hashing(Map<String, Object> values) {
    return new MapSettings(Map.of("hashing", new MapSettings(values)));
  }
}
