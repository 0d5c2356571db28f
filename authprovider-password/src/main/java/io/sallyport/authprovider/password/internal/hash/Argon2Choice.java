package io.sallyport.authprovider.password.internal.hash;

/** What computes Argon2. */
public enum Argon2Choice {
  /** The native library, or Bouncy Castle where that cannot be loaded. */
  AUTO,
  /** The native library of argon2-jvm. */
  NATIVE,
  /** Bouncy Castle, in Java. */
  JAVA
}
