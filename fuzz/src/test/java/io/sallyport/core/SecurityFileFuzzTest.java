package io.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.core.internal.config.ConfigurationDocument;
import io.sallyport.core.internal.config.Problems;
import io.sallyport.core.internal.config.ReadOptions;
import io.sallyport.fuzz.Bounds;
import io.sallyport.fuzz.Mutants;
import io.sallyport.fuzz.Scratch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever {@code security.yaml} holds, the application starts, or it does not and {@link
 * InvalidConfigurationException} tells why. Audit logs are left out, since they would be written
 * wherever the fuzzer says.
 */
class SecurityFileFuzzTest {

  private static final Scratch SCRATCH = new Scratch();
  private static final Bounds BOUNDS = new Bounds(Duration.ofSeconds(10), 512 * 1024 * 1024);

  @DictionaryFile(resourcePath = "SecurityFileFuzzTest.dict")
  @FuzzTest
  void startsOrTellsWhyNot(byte[] input) {
    Path file = SCRATCH.write("security.yaml", input);
    if (writesFiles(file)) {
      return;
    }

    BOUNDS.check(() -> {
      try {
        Sallyport.load(file).close();
      } catch (InvalidConfigurationException documented) {
        assertThat(documented.getMessage()).contains("the application was not started");
      }
    });
  }

  @Test
  void holdsForMutants() {
    Mutants.of(SecurityFileFuzzTest.class).check(500, this::startsOrTellsWhyNot);
  }

  private static boolean writesFiles(Path file) {
    Set<String> keys =
        ConfigurationDocument.read(file, ReadOptions.data(), new Problems()).keys();
    return keys.stream().anyMatch(key -> key.startsWith("audit"));
  }
}
