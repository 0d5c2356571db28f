package io.sallyport.authprovider.password.internal.hash;

/** A stored hash that was read and is sound, ready to be compared with. */
public interface StoredHash {

  /** What a comparison costs. */
  HashCost cost();

  /**
   * What a comparison with a password of some length costs: the kind by which times are told apart.
   *
   * @param bytes the length
   * @return the cost, of as much memory as {@link #cost()} says
   */
  default HashCost cost(int bytes) {
    return cost();
  }

  /**
   * Whether it is the hash of a password. Takes its time, the same for every password.
   *
   * @param password the password in UTF-8, left as it is
   * @throws io.sallyport.spi.UnavailableException if that cannot be told
   */
  boolean matches(byte[] password);
}
