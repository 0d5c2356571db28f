package io.sallyport.authprovider.password.internal.hash;

import javax.crypto.SecretKey;

/**
 * A password as the key of a MAC. The JDK's own class refuses an empty one and keeps a copy that it never
 * wipes; this one lends out what its owner wipes.
 */
final class RawKey implements SecretKey {

  private static final long serialVersionUID = 1L;

  private final transient byte[] bytes;

  RawKey(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public String getAlgorithm() {
    return "RAW";
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public byte[] getEncoded() {
    return bytes.clone();
  }
}
