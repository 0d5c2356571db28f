package io.sallyport.authprovider.password.internal.hash;

import io.sallyport.spi.InvalidSettingsException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses what computes Argon2. */
final class Argon2Backends {

  private static final Logger LOG = LoggerFactory.getLogger(Argon2Backends.class);

  private Argon2Backends() {}

  static Argon2Scheme load(Argon2Choice choice) {
    return load(choice, NativeArgon2::new, JavaArgon2::new);
  }

  static Argon2Scheme load(
      Argon2Choice choice, Supplier<Argon2Backend> nativeCode, Supplier<Argon2Backend> java) {
    return switch (choice) {
      case NATIVE -> checkedNative(nativeCode);
      case JAVA -> checkedJava(java);
      case AUTO -> nativeElseJava(nativeCode, java);
    };
  }

  private static Argon2Scheme checkedNative(Supplier<Argon2Backend> nativeCode) {
    return KnownAnswers.checked(() -> new Argon2Scheme(nativeCode.get()));
  }

  private static Argon2Scheme checkedJava(Supplier<Argon2Backend> java) {
    return KnownAnswers.checked(() -> new Argon2Scheme(java.get()), BouncyCastle.REMEDY);
  }

  private static Argon2Scheme nativeElseJava(
      Supplier<Argon2Backend> nativeCode, Supplier<Argon2Backend> java) {
    InvalidSettingsException unusable;
    try {
      return checkedNative(nativeCode);
    } catch (InvalidSettingsException e) {
      unusable = e;
    }
    Argon2Scheme inJava;
    try {
      inJava = checkedJava(java);
    } catch (InvalidSettingsException e) {
      // the native library is what most want; the other is named as the way out
      throw new InvalidSettingsException(unusable.getMessage() + "; or " + BouncyCastle.REMEDY
          + ", which computes Argon2 without native code");
    }
    LOG.info(
        "Argon2 is computed in Java by Bouncy Castle, with memory of the heap, since {}",
        unusable.getMessage());
    return inJava;
  }
}
