package io.sallyport.authprovider.password;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.password.internal.Passwords;
import io.sallyport.authprovider.password.internal.hash.Argon2Parameters;
import io.sallyport.authprovider.password.internal.hash.Argon2Scheme;
import java.util.Arrays;

/**
 * Makes the hashes that userstores hold.
 *
 * <p><b>Threads.</b> One instance serves all threads. A hash is computed on the thread that asks, and
 * takes memory outside the heap.
 *
 * @since 0.1
 */
public final class PasswordHashes {

  private final Argon2Scheme scheme;
  private final Argon2Parameters cost;

  private PasswordHashes(Argon2Scheme scheme, Argon2Parameters cost) {
    this.scheme = scheme;
    this.cost = cost;
  }

  /**
   * Hashes with Argon2id, 19 MiB of memory and two iterations.
   *
   * @return the maker of hashes
   * @throws io.sallyport.spi.InvalidSettingsException if Argon2 cannot be loaded or computes wrongly
   */
  public static PasswordHashes argon2id() {
    return new PasswordHashes(Argon2Scheme.load(), Argon2Parameters.DEFAULT);
  }

  /**
   * Hashes a password with a fresh salt.
   *
   * @param password the password
   * @return the hash in PHC form, such as {@code $argon2id$v=19$m=19456,t=2,p=1$…}
   * @throws IllegalArgumentException if nobody could sign in with such a password: it is empty, longer
   *     than 4,096 bytes, not UTF-8 or has control characters
   * @throws io.sallyport.spi.UnavailableException if there is not enough memory now
   */
  public Secret hash(Secret password) {
    byte[] bytes = password.revealBytes();
    try {
      Passwords.faultOf(bytes).ifPresent(fault -> {
        throw new IllegalArgumentException("the password " + fault);
      });
      return Secret.ofText(scheme.hash(cost, bytes));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }
}
