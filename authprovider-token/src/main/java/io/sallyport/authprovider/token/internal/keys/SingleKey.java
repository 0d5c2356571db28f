package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One key that has no name and is in force for ever. */
final class SingleKey implements TokenKeys {

  private final TokenKey key;

  SingleKey(TokenKey key) {
    this.key = key;
  }

  /** The key of {@code secret_key}, for HS256. */
  static SingleKey of(byte[] secret) {
    return new SingleKey(SecretTokenKey.of("", JwsAlgorithm.HS256, secret));
  }

  @Override
  public Optional<TokenKey> find(@Nullable String keyId) {
    return keyId == null ? Optional.of(key) : Optional.empty();
  }

  @Override
  public TokenKey signing() {
    return key;
  }

  @Override
  public String publicKeys() {
    return "{\"keys\":[]}"; // it is symmetric
  }

  @Override
  public void close() {
    // nothing is followed, and the last requests may still verify
  }
}
