package io.sallyport.authprovider.password.internal.hash;

/** One way to hash passwords, known by the form of what it stores. */
interface PasswordScheme {

  /** Whether a stored text is of this scheme by its beginning, well formed or not. */
  boolean claims(String stored);

  /**
   * Reads a stored text that this scheme claims.
   *
   * @throws UnusableHashException if it is malformed, or costs more than is ever computed
   */
  StoredHash read(String stored) throws UnusableHashException;
}
