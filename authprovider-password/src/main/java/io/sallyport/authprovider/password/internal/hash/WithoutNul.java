package io.sallyport.authprovider.password.internal.hash;

/**
 * A hash of a scheme that takes a NUL for the end of the password. What stands behind it would not count,
 * and so no password with a NUL matches.
 */
record WithoutNul(StoredHash hash) implements StoredHash {

  @Override
  public HashCost cost() {
    return hash.cost();
  }

  @Override
  public HashCost cost(int bytes) {
    return hash.cost(bytes);
  }

  @Override
  public boolean matches(byte[] password) {
    int nuls = 0;
    for (byte b : password) {
      nuls += b == 0 ? 1 : 0;
    }
    boolean same = hash.matches(password);
    return same && nuls == 0;
  }
}
