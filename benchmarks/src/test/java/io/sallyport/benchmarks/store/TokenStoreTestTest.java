package io.sallyport.benchmarks.store;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenStoreTestTest {

  @TempDir
  Path folder;

  @Test
  void measuresAStoreThatIsMadeAsAConfigurationMakesIt() {
    TokenStoreTest test =
        new TokenStoreTest(folder.resolve("tokens.journal"), 200, Duration.ofMillis(50));

    assertThatCode(test::run).doesNotThrowAnyException();
  }
}
