package io.sallyport.authprovider.token.internal.keys;

/** What computes the verification of signatures. */
public enum CryptoChoice {
  /** Bouncy Castle for ECDSA where it is there, which is several times faster at it; else the JDK. */
  AUTO,
  /** The JDK for everything. */
  JDK,
  /** Bouncy Castle for ECDSA and RSA, and it must be there; Ed25519 and HMAC stay with the JDK. */
  BOUNCYCASTLE
}
