package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;

/** A private key with its public half. */
public final class PrivateTokenKey implements TokenKey {

  private static final byte[] PROBE = "sallyport key check".getBytes(StandardCharsets.US_ASCII);

  private final PublicVerificationKey publicHalf;
  private final PrivateKey key;
  private final Computation signing;
  private final byte[] privateValue;

  private PrivateTokenKey(PublicVerificationKey publicHalf, PrivateKey key, byte[] privateValue) {
    this.publicHalf = publicHalf;
    this.key = key;
    this.signing = Signatures.signing(publicHalf.algorithm());
    this.privateValue = privateValue;
  }

  /**
   * A key.
   *
   * @throws IllegalArgumentException if it is none for the algorithm, too weak, or the halves do not belong
   *     together; the message goes on where something like "this key" is said before
   */
  public static PrivateTokenKey of(
      String keyId,
      JwsAlgorithm algorithm,
      PrivateKey key,
      PublicKey publicKey,
      Signatures signatures) {
    PublicVerificationKey half = PublicVerificationKey.of(keyId, algorithm, publicKey, signatures);
    var whole = new PrivateTokenKey(half, key, PrivateValue.of(key));
    if (!whole.isWhole()) {
      throw new IllegalArgumentException("has a public half that belongs to another key");
    }
    return whole;
  }

  private boolean isWhole() {
    try {
      return publicHalf.verify(PROBE, signing.sign(key, PROBE));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "is not taken by " + signing.provider().getName() + " for "
              + algorithm().header(),
          e);
    }
  }

  @Override
  public String keyId() {
    return publicHalf.keyId();
  }

  @Override
  public JwsAlgorithm algorithm() {
    return publicHalf.algorithm();
  }

  /** The public half. */
  public PublicVerificationKey publicHalf() {
    return publicHalf;
  }

  @Override
  public boolean verify(byte[] signed, byte[] signature) {
    return publicHalf.verify(signed, signature);
  }

  @Override
  public byte[] sign(byte[] input) {
    try {
      return signing.sign(key, input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that has signed before does not sign now", e);
    }
  }

  @Override
  public Secret derivedKey(String purpose) {
    byte[] derived = HmacCode.derived(privateValue, purpose);
    Secret secret = Secret.ofBytes(derived);
    Arrays.fill(derived, (byte) 0);
    return secret;
  }

  @Override
  public String toString() {
    return "PrivateTokenKey[" + keyId() + ", " + algorithm().header() + "]";
  }
}
