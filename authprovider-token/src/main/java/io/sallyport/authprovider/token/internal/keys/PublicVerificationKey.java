package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import io.sallyport.authprovider.token.internal.jws.VerificationKey;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A public key, which verifies by its one algorithm and does nothing else. */
public final class PublicVerificationKey implements VerificationKey {

  private static final int EDDSA_BYTES = 64;

  private final String keyId;
  private final JwsAlgorithm algorithm;
  private final PublicKey key;
  private final Computation computation;
  private final PublicKey translated;
  private final Predicate<byte[]> form;

  private PublicVerificationKey(
      String keyId,
      JwsAlgorithm algorithm,
      PublicKey key,
      Computation computation,
      PublicKey translated) {
    this.keyId = keyId;
    this.algorithm = algorithm;
    this.key = key;
    this.computation = computation;
    this.translated = translated;
    this.form = form(algorithm, key);
  }

  /**
   * A key.
   *
   * @throws IllegalArgumentException if it is none for the algorithm, or too weak; the message goes on where
   *     something like "this key" is said before
   */
  public static PublicVerificationKey of(
      String keyId, JwsAlgorithm algorithm, PublicKey key, Signatures signatures) {
    KeyRules.fault(algorithm, key).ifPresent(fault -> {
      throw new IllegalArgumentException(fault);
    });
    Computation computation = signatures.verification(algorithm);
    try {
      PublicKey translated = computation.translated(key);
      // a key that the provider does not take is found out now and not at the first token
      computation.verify(translated, new byte[0], new byte[EDDSA_BYTES]);
      return new PublicVerificationKey(keyId, algorithm, key, computation, translated);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "is not taken by " + computation.provider().getName() + " for " + algorithm.header(), e);
    }
  }

  private static Predicate<byte[]> form(JwsAlgorithm algorithm, PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      int length = (rsa.getModulus().bitLength() + 7) / 8;
      return signature -> signature.length == length;
    }
    return algorithm == JwsAlgorithm.EDDSA
        ? signature -> signature.length == EDDSA_BYTES
        : NamedCurve.of(algorithm)::isSignature;
  }

  @Override
  public String keyId() {
    return keyId;
  }

  @Override
  public JwsAlgorithm algorithm() {
    return algorithm;
  }

  /** The key itself. */
  public PublicKey publicKey() {
    return key;
  }

  @Override
  public boolean verify(byte[] signed, byte[] signature) {
    if (!form.test(signature)) {
      return false;
    }
    try {
      return computation.verify(translated, signed, signature);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a key that was taken before is not taken now", e);
    }
  }

  /** The same key fetched again is equal, by whatever it verifies. */
  @Override
  public boolean equals(@Nullable Object object) {
    return this == object
        || (object instanceof PublicVerificationKey other
            && keyId.equals(other.keyId)
            && algorithm == other.algorithm
            && key.equals(other.key));
  }

  @Override
  public int hashCode() {
    return Objects.hash(keyId, algorithm, key);
  }

  @Override
  public String toString() {
    return "PublicVerificationKey[" + keyId + ", " + algorithm.header() + "]";
  }
}
