package io.sallyport.authprovider.token.internal.signed;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import io.sallyport.authprovider.token.internal.keys.SecretTokenKey;
import io.sallyport.authprovider.token.internal.keys.TokenKey;
import io.sallyport.authprovider.token.internal.keys.TokenKeys;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Named keys that come and go, the last of which signs, and a count of what they verified. */
final class ChangingKeys implements TokenKeys {

  final AtomicInteger verified = new AtomicInteger();
  final AtomicInteger derived = new AtomicInteger();

  private final Map<String, TokenKey> keys = new ConcurrentHashMap<>();
  private volatile @Nullable TokenKey signing;

  /** Adds a key of which the bytes follow from a number, or replaces the one of its name. */
  ChangingKeys with(String keyId, int seed) {
    byte[] bytes = new byte[32];
    new Random(seed).nextBytes(bytes);
    TokenKey key = new Counted(SecretTokenKey.of(keyId, JwsAlgorithm.HS256, bytes));
    keys.put(keyId, key);
    signing = key;
    return this;
  }

  void remove(String keyId) {
    keys.remove(keyId);
  }

  @Override
  public Optional<TokenKey> find(@Nullable String keyId) {
    return keyId == null ? Optional.empty() : Optional.ofNullable(keys.get(keyId));
  }

  @Override
  public TokenKey signing() {
    return Optional.ofNullable(signing).orElseThrow();
  }

  @Override
  public String publicKeys() {
    return "{\"keys\":[]}";
  }

  @Override
  public void close() {
    keys.clear();
  }

  private final class Counted implements TokenKey {

    private final TokenKey key;

    Counted(TokenKey key) {
      this.key = key;
    }

    @Override
    public String keyId() {
      return key.keyId();
    }

    @Override
    public JwsAlgorithm algorithm() {
      return key.algorithm();
    }

    @Override
    public boolean verify(byte[] signed, byte[] signature) {
      verified.incrementAndGet();
      return key.verify(signed, signature);
    }

    @Override
    public byte[] sign(byte[] input) {
      return key.sign(input);
    }

    @Override
    public Secret derivedKey(String purpose) {
      derived.incrementAndGet();
      return key.derivedKey(purpose);
    }
  }
}
