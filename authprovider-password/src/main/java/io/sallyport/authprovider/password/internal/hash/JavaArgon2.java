package io.sallyport.authprovider.password.internal.hash;

import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;

/** Argon2 in Java, by Bouncy Castle. The memory of a computation is on the heap. */
final class JavaArgon2 implements Argon2Backend {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /**
   * Binds to Bouncy Castle.
   *
   * @throws LinkageError if it is not there
   */
  JavaArgon2() {
    // any use will do: what is missing shall be missed now
    new Argon2BytesGenerator();
  }

  @Override
  public byte[] hash(Argon2Parameters parameters, byte[] password, byte[] salt, int length) {
    byte[] hash = new byte[length];
    try {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(translated(parameters, salt));
      generator.generateBytes(password, hash);
      return hash;
    } catch (OutOfMemoryError | IllegalStateException | IllegalArgumentException e) {
      throw new UnavailableException(
          "Argon2 could not be computed: " + e.getMessage(), RETRY_AFTER, e);
    }
  }

  private static org.bouncycastle.crypto.params.Argon2Parameters translated(
      Argon2Parameters cost, byte[] salt) {
    return new org.bouncycastle.crypto.params.Argon2Parameters.Builder(type(cost.type()))
        .withVersion(cost.version())
        .withMemoryAsKB(cost.memoryKib())
        .withIterations(cost.iterations())
        .withParallelism(cost.parallelism())
        .withSalt(salt)
        .build();
  }

  private static int type(Argon2Type type) {
    return switch (type) {
      case ARGON2D -> org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_d;
      case ARGON2I -> org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_i;
      case ARGON2ID -> org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id;
    };
  }
}
