package io.sallyport.core.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.api.TokenRequest;
import io.sallyport.fuzz.Bounds;
import io.sallyport.fuzz.Mutants;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * The body of {@code POST /tokens} is a wish, or an {@link IllegalArgumentException} with a short message. An {@link IOException} would mean that the connection broke, which it did not.
 */
class TokenRequestFuzzTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @DictionaryFile(resourcePath = "TokenRequestFuzzTest.dict")
  @FuzzTest
  void isAWishOrRefused(byte[] input) {
    Bounds.SMALL.check(() -> {
      try {
        check(
            TokenRequestReader.read(new ByteArrayInputStream(input), NOW, "It has passed."), input);
      } catch (IllegalArgumentException documented) {
        assertThat(documented.getMessage()).isNotBlank().hasSizeLessThan(300);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  @Test
  void holdsForMutants() {
    Mutants.of(TokenRequestFuzzTest.class).check(10_000, this::isAWishOrRefused);
  }

  private static void check(TokenRequest wish, byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
    assertThat(wish).isNotNull();
    if (wish.expiresAt() != null) {
      assertThat(wish.expiresAt()).isAfter(NOW);
    }
    if (!text.isBlank()) {
      assertThat(text.strip()).startsWith("{").endsWith("}");
    }
  }
}
