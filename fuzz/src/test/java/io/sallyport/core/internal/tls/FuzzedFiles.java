package io.sallyport.core.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.fuzz.Bounds;
import io.sallyport.fuzz.Scratch;
import io.sallyport.spi.InvalidSettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Reads what TLS needs from files, one of them fuzzed or all, and checks what comes of it. */
final class FuzzedFiles {

  private static final Scratch SCRATCH = new Scratch();
  private static final Path CERTIFICATE = SCRATCH.write("genuine.crt", resource("genuine.crt"));
  private static final Path KEY = SCRATCH.write("genuine.key", resource("genuine.key"));
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2027-01-15T08:00:00Z"));
  private static final Bounds BOUNDS = new Bounds(Duration.ofSeconds(10), 256 * 1024 * 1024);

  private FuzzedFiles() {}

  static void withGenuineKey(byte[] certificate) {
    checkPair(SCRATCH.write("fuzzed.crt", certificate), KEY);
  }

  static void withGenuineCertificate(byte[] key) {
    checkPair(CERTIFICATE, SCRATCH.write("fuzzed.key", key));
  }

  static void pair(byte[] certificate, byte[] key) {
    checkPair(SCRATCH.write("fuzzed.crt", certificate), SCRATCH.write("fuzzed.key", key));
  }

  static void authorities(byte[] certificates) {
    Path file = SCRATCH.write("fuzzed-ca.crt", certificates);
    check(() -> ClientAuthorities.read(file).at(CLOCK.instant()));
  }

  private static void checkPair(Path certificate, Path key) {
    check(() -> PemKeyMaterial.read(certificate, key, true, CLOCK));
  }

  private static void check(Supplier<Object> reading) {
    BOUNDS.check(() -> {
      try {
        Object read = reading.get();
        assertThat(read).isInstanceOfAny(PemKeyMaterial.class, List.class);
        if (read instanceof PemKeyMaterial pair) {
          assertThat(pair.toString()).doesNotContainPattern("\\p{Cc}");
        }
      } catch (InvalidSettingsException documented) {
        assertThat(documented.getMessage()).contains("[").hasSizeLessThan(64 * 1024);
      }
    });
  }

  private static byte[] resource(String name) {
    try (InputStream in = FuzzedFiles.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
