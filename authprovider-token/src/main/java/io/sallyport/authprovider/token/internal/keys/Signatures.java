package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.Settings;
import java.security.Provider;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What computes signatures, chosen once by a setting. One instance serves all keys of a provider. */
public final class Signatures {

  private static final Logger LOG = LoggerFactory.getLogger(Signatures.class);

  private final CryptoChoice choice;
  private final @Nullable Provider bouncyCastle;
  private final AtomicBoolean told = new AtomicBoolean();

  private Signatures(CryptoChoice choice, @Nullable Provider bouncyCastle) {
    this.choice = choice;
    this.bouncyCastle = bouncyCastle;
  }

  /** What {@code crypto_provider} of settings names. */
  public static Signatures read(Settings settings) {
    CryptoChoice choice = settings.choice("crypto_provider", CryptoChoice.class, CryptoChoice.AUTO);
    try {
      return of(choice);
    } catch (InvalidSettingsException e) {
      settings.reject("crypto_provider", String.valueOf(e.getMessage()));
      return of(CryptoChoice.JDK);
    }
  }

  /**
   * What a choice names.
   *
   * @throws InvalidSettingsException if it is not there
   */
  public static Signatures of(CryptoChoice choice) {
    return of(choice, BouncyCastle::provider);
  }

  static Signatures of(CryptoChoice choice, Supplier<Optional<Provider>> bouncyCastle) {
    if (choice == CryptoChoice.JDK) {
      return new Signatures(choice, null);
    }
    Optional<Provider> found = bouncyCastle.get();
    if (choice == CryptoChoice.BOUNCYCASTLE && found.isEmpty()) {
      throw new InvalidSettingsException(
          "Bouncy Castle is not there; " + BouncyCastle.REMEDY + ", or leave crypto_provider out");
    }
    return new Signatures(choice, found.orElse(null));
  }

  /** How signatures of an algorithm are verified. The first ECDSA key is an occasion to say by whom. */
  Computation verification(JwsAlgorithm algorithm) {
    boolean elliptic = KeyRules.isEcdsa(algorithm);
    if (elliptic && !told.getAndSet(true)) {
      tell();
    }
    boolean byBouncyCastle =
        elliptic || (choice == CryptoChoice.BOUNCYCASTLE && algorithm != JwsAlgorithm.EDDSA);
    return Computation.of(algorithm, byBouncyCastle ? bouncyCastle : null);
  }

  /** How signatures of an algorithm are made: by the JDK, which takes as long whatever the key is. */
  static Computation signing(JwsAlgorithm algorithm) {
    return Computation.of(algorithm, null);
  }

  private void tell() {
    if (bouncyCastle != null) {
      LOG.info("Signatures by ES256 and ES384 are verified by Bouncy Castle {}.", version());
    } else if (choice == CryptoChoice.AUTO) {
      LOG.warn(
          "Signatures by ES256 and ES384 are verified by the JDK, which is several times slower at it"
              + " than Bouncy Castle; {}, or say crypto_provider: jdk to be content with it.",
          BouncyCastle.REMEDY);
    }
  }

  private String version() {
    return bouncyCastle == null ? "" : bouncyCastle.getVersionStr();
  }
}
