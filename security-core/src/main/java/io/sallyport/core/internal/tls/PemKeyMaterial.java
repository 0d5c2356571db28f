package io.sallyport.core.internal.tls;

import io.sallyport.spi.InvalidSettingsException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A server's certificate chain and private key, read from PEM files and known to belong together.
 *
 * <p>PKCS#8 keys for RSA, EC and EdDSA and PKCS#1 keys for RSA are read; every other form is refused with
 * the command that converts it.
 *
 * <p><b>Threads.</b> Safe to share.
 */
final class PemKeyMaterial {

  private final CertificateChain chain;
  private final PrivateKey key;

  private PemKeyMaterial(CertificateChain chain, PrivateKey key) {
    this.chain = chain;
    this.key = key;
  }

  /**
   * Reads and checks both files. What is wrong with either is told at once.
   *
   * @param certificate the chain in PEM form, the server's own certificate first; null if none was named
   * @param key the unencrypted private key in PEM form; null if none was named
   * @param keyMayBeReadableByOthers whether others than the owner may have access to the key's file
   * @param clock tells whether the certificate is valid now
   * @return the pair
   * @throws InvalidSettingsException if the pair cannot be used; the message has one line a problem
   */
  static PemKeyMaterial read(
      @Nullable Path certificate,
      @Nullable Path key,
      boolean keyMayBeReadableByOthers,
      InstantSource clock) {
    List<String> problems = new ArrayList<>();
    CertificateChain chain =
        readOrNote(problems, () -> CertificateChain.read(certificate, clock.instant()));
    PrivateKey privateKey =
        readOrNote(problems, () -> PrivateKeyFile.read(key, keyMayBeReadableByOthers));
    if (chain == null || privateKey == null) {
      throw new InvalidSettingsException(String.join("\n", problems));
    }
    if (!belongTogether(chain, privateKey)) {
      throw new InvalidSettingsException(
          "The private key [" + key + "] does not belong to the certificate [" + certificate
              + "]; name the pair that was made together, the server's own certificate first");
    }
    return new PemKeyMaterial(chain, privateKey);
  }

  private static <T> @Nullable T readOrNote(List<String> problems, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (InvalidSettingsException e) {
      problems.add(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static boolean belongTogether(CertificateChain chain, PrivateKey key) {
    byte[] challenge = new byte[32];
    new SecureRandom().nextBytes(challenge);
    try {
      Signature signature = Signature.getInstance(signatureAlgorithm(key));
      signature.initSign(key);
      signature.update(challenge);
      byte[] signed = signature.sign();
      signature.initVerify(chain.publicKey());
      signature.update(challenge);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // a key of another algorithm or size
    }
  }

  private static String signatureAlgorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> "EdDSA";
    };
  }

  PrivateKey key() {
    return key;
  }

  CertificateChain chain() {
    return chain;
  }

  /** Whether it is for handshakes with keys of an algorithm, as TLS of Java calls them. */
  boolean isOf(String keyType) {
    return chain.publicKey().getAlgorithm().equals(keyType);
  }

  @Override
  public String toString() {
    return "PemKeyMaterial[" + SubjectName.of(chain.own()) + ", until "
        + chain.own().getNotAfter().toInstant() + "]";
  }
}
