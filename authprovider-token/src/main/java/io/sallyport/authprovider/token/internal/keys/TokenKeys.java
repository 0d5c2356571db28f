package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.authprovider.token.internal.jws.VerificationKeys;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import java.time.Duration;

/** The keys of our own tokens, as they are in force at each instant. */
public interface TokenKeys extends VerificationKeys<TokenKey>, AutoCloseable {

  /**
   * The keys that settings hold: either {@code secret_key}, or the path of a file as {@code keys} with, if they
   * wish, {@code crypto_provider}. If they hold none that will do, that is noted in them.
   *
   * @param settings the properties of a provider or a generator
   * @param context what the host has to offer
   */
  static TokenKeys read(Settings settings, ProviderContext context) {
    return read(settings, context, Duration.ZERO);
  }

  /**
   * As {@link #read(Settings, ProviderContext)}.
   *
   * @param lifetime how long tokens live at most that are signed with the keys: a key that is forgotten earlier
   *     is worth a warning
   */
  static TokenKeys read(Settings settings, ProviderContext context, Duration lifetime) {
    boolean ring = settings.has("keys");
    if (ring && settings.has("secret_key")) {
      settings.reject(
          "secret_key", "expected either keys or secret_key; with keys: take secret_key out");
    }
    return ring
        ? KeyRing.read(settings, context, lifetime)
        : of(SecretText.read(settings, "secret_key"));
  }

  /**
   * One secret for HS256, without a name.
   *
   * @throws IllegalArgumentException if it has fewer than 32 bytes
   */
  static TokenKeys of(byte[] secret) {
    return SingleKey.of(secret);
  }

  /**
   * The key that signs now.
   *
   * @throws io.sallyport.spi.UnavailableException if none is to sign now
   */
  TokenKey signing();

  /** The public halves as a JWK Set (RFC 7517 section 5) in JSON; without members if all keys are symmetric. */
  String publicKeys();

  /** Forgets the keys and stops following their file. */
  @Override
  void close();
}
