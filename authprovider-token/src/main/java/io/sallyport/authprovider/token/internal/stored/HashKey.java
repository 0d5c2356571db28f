package io.sallyport.authprovider.token.internal.stored;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.Secret;
import io.sallyport.api.SecurityStamp;
import io.sallyport.authprovider.token.internal.jws.Base64Url;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the secrets of tokens are hashed with, and the stamps of their users. */
public final class HashKey implements AutoCloseable {

  /** Those in which the derived keys for hash and stamp differ, so that each key has one use. */
  static final String HASH = "sallyport stored token secret 1";

  static final String STAMP = "sallyport stored token stamp 1";

  private static final String ALGORITHM = "HmacSHA256";

  private final String name;
  private final Secret hashKey;
  private final Secret stampKey;

  /**
   * A key.
   *
   * @param name what hashes call it; no secret
   * @param derived gives the key that is derived for a purpose
   */
  public HashKey(String name, Function<String, Secret> derived) {
    this.name = requireNonNull(name, "name");
    this.hashKey = derived.apply(HASH);
    this.stampKey = derived.apply(STAMP);
  }

  /** A key that is called by something of itself, which tells nothing about it. */
  static HashKey named(Function<String, Secret> derived) {
    try (Secret nameKey = derived.apply("sallyport stored token key name 1")) {
      byte[] bytes = nameKey.revealBytes();
      String name = Base64Url.encode(Arrays.copyOf(bytes, 6));
      Arrays.fill(bytes, (byte) 0);
      return new HashKey(name, derived);
    }
  }

  String name() {
    return name;
  }

  /** The hash of a secret. The id goes in, so that a hash is of no use in the row of another token. */
  byte[] hash(String id, byte[] secret) {
    byte[] key = hashKey.revealBytes();
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      mac.update(id.getBytes(StandardCharsets.US_ASCII));
      mac.update((byte) '-');
      return mac.doFinal(secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HmacSHA256, which every Java must have", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  public byte[] stampMac(SecurityStamp stamp) {
    return stamp.mac(stampKey);
  }

  boolean isStamp(byte[] mac, SecurityStamp current) {
    return MessageDigest.isEqual(mac, stampMac(current));
  }

  /** Forgets the key. */
  @Override
  public void close() {
    hashKey.close();
    stampKey.close();
  }

  @Override
  public String toString() {
    return "HashKey[" + name + "]";
  }
}
