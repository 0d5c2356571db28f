package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import io.sallyport.spi.Settings;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** Secrets for HMAC in base64, as they stand in settings. */
final class SecretText {

  private SecretText() {}

  /**
   * The bytes of the secret that settings hold. If they hold none that will do, that is noted in them and
   * random bytes are returned, which nobody will use.
   */
  static byte[] read(Settings settings, String key) {
    Secret secret = settings.secret(key);
    if (!settings.has(key) || secret.isEmpty()) {
      return random(); // noted already: it is not there
    }
    String text = secret.revealText().strip();
    Optional<String> fault = fault(JwsAlgorithm.HS256, text);
    if (fault.isPresent()) {
      settings.reject(
          key, "this key " + fault.get() + "; " + remedy(JwsAlgorithm.HS256, "token.key"));
      return random();
    }
    return decode(text).orElseThrow();
  }

  /** What is wrong with the text of a key, without a word of it. */
  static Optional<String> fault(JwsAlgorithm algorithm, String text) {
    return KeyStrength.faultOfText(text)
        .or(() -> decode(text)
            .map(bytes -> KeyStrength.fault(algorithm, bytes))
            .orElse(Optional.of("is not in base64")));
  }

  /** How to make a key that will do. */
  static String remedy(JwsAlgorithm algorithm, String file) {
    int bytes = KeyRules.minSecret(algorithm);
    return "expected at least " + bytes + " random bytes in base64: make them with"
        + " `(umask 077; openssl rand -base64 " + bytes + " > " + file
        + ")`, or without OpenSSL with"
        + " `(umask 077; head -c " + bytes + " /dev/urandom | base64 > " + file
        + ")`, and write ${file:"
        + file + "} here";
  }

  /** Reads base64 in either alphabet, with or without padding, and in lines as OpenSSL breaks them. */
  static Optional<byte[]> decode(String text) {
    String joined = text.replace("\r", "").replace("\n", "");
    boolean urlSafe = joined.indexOf('-') >= 0 || joined.indexOf('_') >= 0;
    try {
      return Optional.of((urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(joined));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] random() {
    byte[] bytes = new byte[KeyRules.minSecret(JwsAlgorithm.HS256)];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
