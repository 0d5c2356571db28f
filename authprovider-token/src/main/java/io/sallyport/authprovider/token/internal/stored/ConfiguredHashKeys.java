package io.sallyport.authprovider.token.internal.stored;

import io.sallyport.authprovider.token.internal.keys.SecretKeys;
import io.sallyport.authprovider.token.internal.keys.TokenKey;
import io.sallyport.spi.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of {@code secret_key} and {@code previous_secret_keys}. */
public final class ConfiguredHashKeys implements HashKeys {

  private final HashKey current;
  private final Map<String, HashKey> byName = new LinkedHashMap<>();

  ConfiguredHashKeys(TokenKey current, List<TokenKey> previous) {
    this.current = HashKey.named(current::derivedKey);
    byName.put(this.current.name(), this.current);
    for (TokenKey key : previous) {
      HashKey named = HashKey.named(key::derivedKey);
      byName.putIfAbsent(named.name(), named);
    }
  }

  /** The keys that settings hold. */
  public static ConfiguredHashKeys read(Settings settings) {
    return new ConfiguredHashKeys(
        SecretKeys.read(settings, "secret_key"),
        SecretKeys.readAll(settings, "previous_secret_keys"));
  }

  @Override
  public HashKey current() {
    return current;
  }

  @Override
  public Optional<HashKey> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  @Override
  public void close() {
    byName.values().forEach(HashKey::close);
  }
}
