package io.sallyport.authprovider.token.internal.refresh;

import io.sallyport.authprovider.token.internal.keys.TokenKey;
import io.sallyport.authprovider.token.internal.keys.TokenKeys;
import io.sallyport.authprovider.token.internal.stored.HashKey;
import io.sallyport.authprovider.token.internal.stored.HashKeys;
import java.util.Optional;

/** Keys of hashes that are derived from those that tokens are signed with, and follow them as they change. */
final class RingHashKeys implements HashKeys {

  private final TokenKeys keys;

  RingHashKeys(TokenKeys keys) {
    this.keys = keys;
  }

  @Override
  public HashKey current() {
    return of(keys.signing());
  }

  @Override
  public Optional<HashKey> find(String name) {
    return keys.find(name.isEmpty() ? null : name).map(RingHashKeys::of);
  }

  private static HashKey of(TokenKey key) {
    return new HashKey(key.keyId(), key::derivedKey);
  }

  /** Leaves the ring to whoever signs with it. */
  @Override
  public void close() {}
}
