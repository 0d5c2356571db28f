package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.token.internal.jws.VerificationKey;

/** A key of our own: with its secret half, so that it signs and verifies. */
public interface TokenKey extends VerificationKey {

  /** The purpose of the key for {@link io.sallyport.api.SecurityStamp#mac}. */
  String STAMP = "sallyport token stamp 1";

  /**
   * Signs.
   *
   * @param input the octets of the signing input: RFC 7515 section 5.1
   * @return the signature as JWS has it
   */
  byte[] sign(byte[] input);

  /**
   * A key for another use, derived so that each key has one use. The same on every node and after every start.
   *
   * @param purpose what it is for, such as {@link #STAMP}
   */
  Secret derivedKey(String purpose);
}
