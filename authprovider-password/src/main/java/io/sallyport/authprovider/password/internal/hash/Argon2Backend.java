package io.sallyport.authprovider.password.internal.hash;

/** Computes Argon2. The only way in which this module does. */
public interface Argon2Backend {

  /**
   * Computes a raw hash.
   *
   * @param password the password, left as it is
   * @param length how many bytes are wanted
   * @throws io.sallyport.spi.UnavailableException if it cannot be computed now
   */
  byte[] hash(Argon2Parameters parameters, byte[] password, byte[] salt, int length);
}
