package io.sallyport.authprovider.password.internal;

import io.sallyport.api.Secret;
import io.sallyport.spi.Settings;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the section {@code pepper}. */
final class PepperReader {

  private static final String NO_PEPPER = "none";

  private static final int MIN_BYTES = 32;

  /** Thirty-two random bytes have fewer than this once in more than ten million times. */
  private static final int MIN_DISTINCT = 16;

  private static final Pattern LINE_BREAK = Pattern.compile("\\R");

  private static final String REMEDY = "expected at least 32 random bytes in base64: make them with"
      + " `(umask 077; openssl rand -base64 32 > pepper-1)`, and write ${file:pepper-1} here. Lose it,"
      + " and nobody whose hash was made with it can sign in";

  private PepperReader() {}

  static Pepper read(Settings settings) {
    return settings.optionalSection("pepper").map(PepperReader::ofSection).orElse(Pepper.NONE);
  }

  private static Pepper ofSection(Settings section) {
    String current = section.text("current");
    Optional<Settings> listed = section.optionalSection("keys");
    Map<String, Secret> keys = listed.isPresent() ? keys(listed.get()) : missingKeys(section);
    if (current.equals(NO_PEPPER)) {
      return new Pepper(keys, null);
    }
    if (keys.containsKey(current)) {
      return new Pepper(keys, current);
    }
    // a key that is listed and bad was told of already
    if (section.has("current")
        && listed.filter(all -> all.keys().contains(current)).isEmpty()) {
      section.reject(
          "current",
          "expected one of the versions under keys, which is that of new hashes, or " + NO_PEPPER
              + " if new hashes shall have no pepper any more");
    }
    return Pepper.NONE;
  }

  private static Map<String, Secret> missingKeys(Settings section) {
    section.reject("pepper needs keys: a mapping of versions to keys, such as"
        + " {\"1\": \"${file:pepper-1}\"}");
    return Map.of();
  }

  private static Map<String, Secret> keys(Settings section) {
    Map<String, Secret> keys = new LinkedHashMap<>();
    for (String version : section.keys()) {
      Optional<Secret> key = key(section, version);
      if (!Pepper.VERSION.matcher(version).matches() || version.equals(NO_PEPPER)) {
        section.reject(
            version, "expected a version of 1 to 16 letters and digits, and not " + NO_PEPPER);
      } else {
        key.ifPresent(bytes -> add(section, keys, version, bytes));
      }
    }
    if (section.keys().isEmpty()) {
      section.reject("there is no key; " + REMEDY);
    }
    return keys;
  }

  private static void add(Settings section, Map<String, Secret> keys, String version, Secret key) {
    Optional<String> same = keys.entrySet().stream()
        .filter(other -> other.getValue().matches(key))
        .map(Entry::getKey)
        .findFirst();
    if (same.isPresent()) {
      section.reject(version, "this key is that of version " + same.get() + "; " + REMEDY);
    }
    keys.put(version, key);
  }

  private static Optional<Secret> key(Settings section, String version) {
    Secret written = section.secret(version);
    Optional<byte[]> bytes = decoded(written.revealText());
    Optional<String> fault = bytes.isEmpty() ? Optional.of("is not in base64") : fault(bytes.get());
    if (fault.isPresent()) {
      section.reject(version, "this key " + fault.get() + "; " + REMEDY);
      return Optional.empty();
    }
    Secret key = Secret.ofBytes(bytes.get());
    Arrays.fill(bytes.get(), (byte) 0);
    return Optional.of(key);
  }

  /** As OpenSSL writes it: padded, and maybe in lines. */
  private static Optional<byte[]> decoded(String text) {
    Matcher breaks = LINE_BREAK.matcher(text.strip());
    try {
      return Optional.of(Base64.getDecoder().decode(breaks.replaceAll("")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> fault(byte[] key) {
    if (key.length < MIN_BYTES) {
      return Optional.of("has " + key.length + " bytes");
    }
    BitSet seen = new BitSet(256);
    for (byte b : key) {
      seen.set(b & 0xff);
    }
    return Passwords.isPlainText(key) || seen.cardinality() < MIN_DISTINCT
        ? Optional.of("does not look like random bytes")
        : Optional.empty();
  }
}
