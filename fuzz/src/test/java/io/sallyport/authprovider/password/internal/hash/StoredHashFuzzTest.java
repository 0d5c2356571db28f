package io.sallyport.authprovider.password.internal.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.fuzz.Bounds;
import io.sallyport.fuzz.Fields;
import io.sallyport.fuzz.Mutants;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whatever is stored, it is a hash whose cost is within the limits, or is refused with a reason that does
 * not show it; and no password matches a text unless it matches the seed that the text was made of. The
 * input is two lines: what is stored, and a password.
 */
class StoredHashFuzzTest {

  private static final int MEMORY_KIB = 1024;

  /** Small, so that nothing takes long. */
  private static final HashLimits LIMITS = new HashLimits(MEMORY_KIB, 2048, 2048, 5, 2000, 6000);

  private static final SchemeOptions OPTIONS = new SchemeOptions(false, Argon2Choice.AUTO, LIMITS);
  private static final Argon2Parameters COST = Argon2Parameters.argon2id(8, 1, 1);
  private static final Argon2Scheme ARGON2 = Argon2Scheme.load();
  private static final PasswordSchemes SCHEMES = PasswordSchemes.of(ARGON2, COST, OPTIONS);
  private static final PasswordSchemes ALLOWING =
      PasswordSchemes.of(ARGON2, COST, new SchemeOptions(true, Argon2Choice.AUTO, LIMITS));
  private static final Bounds BOUNDS = new Bounds(Duration.ofSeconds(5), 256 * 1024 * 1024);

  @DictionaryFile(resourcePath = "StoredHashFuzzTest.dict")
  @FuzzTest
  void areReadOrRefused(byte[] input) {
    Fields fields = Fields.of(input);
    String stored = fields.text(0);
    byte[] password = fields.text(1).getBytes(UTF_8);

    BOUNDS.check(() -> check(stored, password));
  }

  @Test
  void holdsForMutants() {
    Mutants.of(StoredHashFuzzTest.class).check(3000, this::areReadOrRefused);
  }

  private static void check(String stored, byte[] password) {
    StoredHash hash;
    try {
      hash = SCHEMES.read(stored);
    } catch (UnusableHashException e) {
      assertThat(e.getMessage()).hasSizeLessThan(400);
      if (stored.length() > 40) {
        assertThat(e.getMessage()).doesNotContain(stored.substring(stored.length() - 20));
      }
      checkPlaintext(stored, password);
      return;
    }
    assertThat(hash.cost().memoryKib()).isBetween(0, MEMORY_KIB);
    assertThat(withinLimits(numbers(hash.cost().parameters()))).isTrue();
    boolean matches = hash.matches(password);
    assertThat(hash.matches(password)).isEqualTo(matches);
    assertThat(hash.matches(stored.getBytes(UTF_8))).as("itself").isFalse();
  }

  /** What no scheme knows is a password only where that is allowed, and then only itself. */
  private static void checkPlaintext(String stored, byte[] password) {
    try {
      StoredHash hash = ALLOWING.read(stored);
      assertThat(hash.cost().scheme()).isEqualTo("plaintext");
      String word = stored.startsWith("{noop}") ? stored.substring(6) : stored;
      assertThat(hash.matches(password)).isEqualTo(word.equals(new String(password, UTF_8)));
    } catch (UnusableHashException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private static Map<String, Long> numbers(String parameters) {
    Map<String, Long> numbers = new TreeMap<>();
    for (String parameter : parameters.isEmpty() ? new String[0] : parameters.split(",", -1)) {
      String[] parts = parameter.split("=", -1);
      numbers.put(parts[0], Long.parseLong(parts[1]));
    }
    return numbers;
  }

  private static boolean withinLimits(Map<String, Long> numbers) {
    return numbers.getOrDefault("cost", 0L) <= 5
        && numbers.getOrDefault("rounds", 0L) <= 6000
        && numbers.getOrDefault("m", 0L) * numbers.getOrDefault("t", 0L) <= 2048;
  }
}
