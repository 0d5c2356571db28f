package io.sallyport.authprovider.password.internal.hash;

import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import de.mkammerer.argon2.Argon2Version;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;

/**
 * Argon2 through argon2-jvm and its native library. The memory of a computation is outside the heap.
 *
 * <p>Only the raw form is used: {@code Argon2.verify} answers false to every error, a failed allocation
 * included, so that it cannot tell a wrong password from a machine in trouble.
 */
public final class NativeArgon2 implements Argon2Backend {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  private final Argon2Advanced argon2d;
  private final Argon2Advanced argon2i;
  private final Argon2Advanced argon2id;

  /**
   * Binds to the native library.
   *
   * @throws LinkageError if a part of it is missing
   */
  public NativeArgon2() {
    argon2d = Argon2Factory.createAdvanced(Argon2Types.ARGON2d);
    argon2i = Argon2Factory.createAdvanced(Argon2Types.ARGON2i);
    argon2id = Argon2Factory.createAdvanced(Argon2Types.ARGON2id);
  }

  @Override
  public byte[] hash(Argon2Parameters parameters, byte[] password, byte[] salt, int length) {
    try {
      return compute(parameters, password, salt, length);
    } catch (IllegalStateException | OutOfMemoryError e) {
      // the library's code for "no memory" is an IllegalStateException; its text holds no secret
      throw new UnavailableException(
          "Argon2 could not be computed: " + e.getMessage(), RETRY_AFTER, e);
    }
  }

  private byte[] compute(Argon2Parameters cost, byte[] password, byte[] salt, int length) {
    Argon2Advanced variant = variant(cost.type());
    Argon2Version version =
        cost.version() == Argon2Parameters.CURRENT_VERSION ? Argon2Version.V13 : Argon2Version.V10;
    if (password.length == 0) {
      // the other call would allocate zero bytes, which JNA refuses; here nothing needs to be wiped
      return variant
          .hashAdvanced(
              cost.iterations(),
              cost.memoryKib(),
              cost.parallelism(),
              password,
              salt,
              length,
              version)
          .getRaw();
    }
    // this call wipes the native copy of the password, which the others leave behind
    return variant.rawHashAdvanced(
        cost.iterations(),
        cost.memoryKib(),
        cost.parallelism(),
        password,
        salt,
        null,
        null,
        length,
        version);
  }

  private Argon2Advanced variant(Argon2Type type) {
    return switch (type) {
      case ARGON2D -> argon2d;
      case ARGON2I -> argon2i;
      case ARGON2ID -> argon2id;
    };
  }
}
