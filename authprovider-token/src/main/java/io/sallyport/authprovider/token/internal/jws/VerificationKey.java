package io.sallyport.authprovider.token.internal.jws;

/**
 * Verifies with one key by one algorithm, which nothing in a token can change.
 *
 * <p>One instance serves all threads.
 */
public interface VerificationKey {

  /** What tokens call the key by, empty for the only key of tokens that call it by nothing. */
  String keyId();

  /** The only algorithm that the key is for. */
  JwsAlgorithm algorithm();

  /**
   * Whether a signature is right, in a time that does not depend on where it is not. One that has not the form
   * or the length of the algorithm's is wrong, never an exception.
   *
   * @param signed the octets of the signing input: RFC 7515 section 5.2
   * @param signature the octets of the signature as JWS has them (R and S of ECDSA side by side)
   */
  boolean verify(byte[] signed, byte[] signature);
}
