package io.sallyport.authprovider.token.internal.keys;

import io.sallyport.authprovider.token.internal.jws.Base64Url;
import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells keys that somebody made up, or copied from a page that everybody can read, from random ones.
 * None of these tests refuses one in ten million keys that were drawn at random.
 */
final class KeyStrength {

  private static final List<String> KEY_TYPES = List.of("RSA", "EC", "Ed25519");
  private static final int MIN_DISTINCT = 16;

  /** What the samples of guides and default configurations contain, in lower case. */
  private static final List<String> SAMPLE_WORDS = List.of(
      "secret", "password", "changeme", "change-me", "change_me", "example", "default", "your-256");

  /** Keys printed in RFC 7515 appendix A.1 and RFC 7520 section 3.5, as they are written there. */
  private static final List<String> PUBLISHED = List.of(
      "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
      "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg");

  private KeyStrength() {}

  /** What is wrong with the text of a key before it is decoded, without a word of it. */
  static Optional<String> faultOfText(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return SAMPLE_WORDS.stream().anyMatch(lower::contains)
        ? Optional.of("looks like the sample of a guide, which everybody knows")
        : Optional.empty();
  }

  /** What is wrong with a decoded key, without a byte of it. */
  static Optional<String> fault(JwsAlgorithm algorithm, byte[] key) {
    if (key.length < KeyRules.minSecret(algorithm)) {
      return Optional.of(tooShort(algorithm, key.length));
    }
    if (PUBLISHED.contains(Base64Url.encode(key))) {
      return Optional.of("is printed in an RFC, so everybody knows it");
    }
    if (isKeyFile(key)) {
      return Optional.of("is a public or private key in DER, and not random bytes");
    }
    if (isRepeated(key) || isSequence(key) || distinct(key) < MIN_DISTINCT) {
      return Optional.of("has a pattern that random bytes do not have");
    }
    return isText(key) ? Optional.of("is a text in base64 and not random bytes") : Optional.empty();
  }

  /** What is said of a key with too few bytes. */
  static String tooShort(JwsAlgorithm algorithm, int bytes) {
    return "has " + bytes * 8 + " bits, and " + algorithm.header() + " needs at least "
        + KeyRules.minSecret(algorithm) * 8;
  }

  /** Who takes a public key for a secret has one that everybody knows. */
  private static boolean isKeyFile(byte[] bytes) {
    return KEY_TYPES.stream().anyMatch(type -> isPublic(type, bytes) || isPrivate(type, bytes));
  }

  private static boolean isPublic(String type, byte[] bytes) {
    try {
      KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(bytes));
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean isPrivate(String type, byte[] bytes) {
    try {
      KeyFactory.getInstance(type).generatePrivate(new PKCS8EncodedKeySpec(bytes));
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean isRepeated(byte[] key) {
    for (int period = 1; period <= key.length / 2; period++) {
      int i = period;
      while (i < key.length && key[i] == key[i - period]) {
        i++;
      }
      if (i == key.length) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSequence(byte[] key) {
    for (int i = 2; i < key.length; i++) {
      if ((byte) (key[i] - key[i - 1]) != (byte) (key[1] - key[0])) {
        return false;
      }
    }
    return true;
  }

  private static int distinct(byte[] key) {
    BitSet seen = new BitSet(256);
    for (byte b : key) {
      seen.set(b & 0xFF);
    }
    return seen.cardinality();
  }

  private static boolean isText(byte[] key) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(key))
          .chars()
          .noneMatch(c -> Character.isISOControl(c) && !Character.isWhitespace(c));
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
