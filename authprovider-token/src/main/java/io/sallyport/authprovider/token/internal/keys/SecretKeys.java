package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import io.sallyport.spi.Settings;
import java.util.List;
import java.util.Optional;

/** Secrets that nothing is signed with, only derived from. */
public final class SecretKeys {

  private SecretKeys() {}

  /** The required key that settings hold; if it will not do, that is noted in them and a random one returned. */
  public static TokenKey read(Settings settings, String key) {
    return of(SecretText.read(settings, key));
  }

  /** The keys of a list that may be absent; those that will not do are noted and left out. */
  public static List<TokenKey> readAll(Settings settings, String key) {
    return settings.texts(key).stream()
        .map(text -> read(settings, key, text.strip()))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<TokenKey> read(Settings settings, String key, String text) {
    Optional<String> fault = SecretText.fault(JwsAlgorithm.HS256, text);
    if (fault.isPresent()) {
      settings.reject(
          key,
          "one of these keys " + fault.get() + "; expected keys that were a secret_key once,"
              + " each written as ${file:…}");
      return Optional.empty();
    }
    return SecretText.decode(text).map(SecretKeys::of);
  }

  private static TokenKey of(byte[] bytes) {
    return SecretTokenKey.of("", JwsAlgorithm.HS256, bytes);
  }
}
