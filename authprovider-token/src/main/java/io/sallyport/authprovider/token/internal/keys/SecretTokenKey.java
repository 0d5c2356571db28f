package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import java.util.Arrays;

/** A symmetric key: whoever verifies with it can sign as well. */
public final class SecretTokenKey implements TokenKey {

  private final String keyId;
  private final JwsAlgorithm algorithm;
  private final HmacCode code;
  private final byte[] bytes;

  private SecretTokenKey(String keyId, JwsAlgorithm algorithm, byte[] bytes) {
    this.keyId = keyId;
    this.algorithm = algorithm;
    this.bytes = bytes.clone();
    this.code = HmacCode.of(algorithm, bytes);
  }

  /**
   * A key, as strong as its bytes are.
   *
   * @param keyId its name, empty for the only key of tokens that name none
   * @throws IllegalArgumentException if it is shorter than the algorithm's hash
   */
  public static SecretTokenKey of(String keyId, JwsAlgorithm algorithm, byte[] bytes) {
    if (bytes.length < KeyRules.minSecret(algorithm)) {
      throw new IllegalArgumentException(KeyStrength.tooShort(algorithm, bytes.length));
    }
    return new SecretTokenKey(keyId, algorithm, bytes);
  }

  @Override
  public String keyId() {
    return keyId;
  }

  @Override
  public JwsAlgorithm algorithm() {
    return algorithm;
  }

  @Override
  public boolean verify(byte[] signed, byte[] signature) {
    return code.matches(signed, signature);
  }

  @Override
  public byte[] sign(byte[] input) {
    return code.of(input);
  }

  @Override
  public Secret derivedKey(String purpose) {
    byte[] derived = HmacCode.derived(bytes, purpose);
    Secret key = Secret.ofBytes(derived);
    Arrays.fill(derived, (byte) 0);
    return key;
  }

  @Override
  public String toString() {
    return "SecretTokenKey[" + keyId + ", " + algorithm.header() + "]";
  }
}
