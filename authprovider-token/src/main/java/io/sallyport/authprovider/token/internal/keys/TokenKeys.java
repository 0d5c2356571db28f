package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.authprovider.token.internal.jws.VerificationKeys;

/** The keys of our own tokens, as they are in force at each instant. */
public interface TokenKeys extends VerificationKeys<TokenKey>, AutoCloseable {

  /**
   * The key that signs now.
   *
   * @throws io.sallyport.spi.UnavailableException if none is to sign now
   */
  TokenKey signing();

  /** The public halves as a JWK Set (RFC 7517 section 5) in JSON; without members if all keys are symmetric. */
  String publicKeys();

  /** Forgets the keys and stops following their file. */
  @Override
  void close();
}
