package io.sallyport.spi;

import io.sallyport.api.Secret;

/**
 * A store that lets a stored hash be replaced by a better one of the same password.
 *
 * <p><b>Security.</b> The user's password stays the same, and so must the password epoch in its {@link
 * io.sallyport.api.SecurityStamp}: nobody is signed out.
 *
 * <p><b>Threads.</b> One instance is called concurrently, never on the thread of a request that waits.
 *
 * @since 0.1
 */
public interface PasswordUpdates {

  /**
   * Replaces a hash in one step if it is still the one that was verified.
   *
   * @param userId the user's id
   * @param expected the stored hash as it was read
   * @param replacement the new hash
   * @return false if the user is gone or has another hash by now, or if this one is kept in a way that the
   *     store does not change; nothing is changed then
   * @throws UnavailableException if it cannot be written now; nothing is changed then. A store that writes
   *     for several users together may still do so later, if the hash is the expected one then
   * @throws IllegalArgumentException if the new hash is none that the store could keep
   */
  boolean replaceHash(String userId, Secret expected, Secret replacement);
}
