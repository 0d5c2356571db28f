package io.sallyport.authprovider.password.internal;

import io.sallyport.api.Secret;
import io.sallyport.authprovider.password.internal.hash.UnusableHashException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys that are mixed into passwords before they are hashed and are not where the hashes are, so that who
 * has stolen the hashes cannot guess at them. Each has a version, which is stored before the hash: {@code
 * $sallyport-pepper$v=2$argon2id$…}.
 *
 * <p>What is hashed is the base64 form of HMAC-SHA-256 under the key over the password.
 */
final class Pepper {

  /** No key: new hashes have no pepper, and stored ones that have cannot be compared with. */
  static final Pepper NONE = new Pepper(Map.of(), null);

  /** What a version may be called. */
  static final Pattern VERSION = Pattern.compile("[A-Za-z0-9]{1,16}");

  private static final String PREFIX = "$sallyport-pepper$";
  private static final Pattern FORM =
      Pattern.compile("\\$sallyport-pepper\\$v=(" + VERSION.pattern() + ")(\\$.+)");

  private static final String HMAC = "HmacSHA256";

  private final Map<String, Secret> keys;
  private final @Nullable String current;

  /** A stored text, split. */
  record Split(String version, String hash) {}

  /**
   * Keys by their version.
   *
   * @param keys all that stored hashes may have been made with
   * @param current the version of new hashes, null if they shall have none
   */
  Pepper(Map<String, Secret> keys, @Nullable String current) {
    if (current != null && !keys.containsKey(current)) {
      throw new IllegalArgumentException("there is no key of version " + current);
    }
    this.keys = Map.copyOf(keys);
    this.current = current;
  }

  /** The version of new hashes. */
  Optional<String> current() {
    return Optional.ofNullable(current);
  }

  /** What stands before a new hash. */
  String prefix() {
    return current == null ? "" : PREFIX + "v=" + current;
  }

  /**
   * Looks for a pepper in a stored text.
   *
   * @return empty if it has none
   * @throws UnusableHashException if it has one that is not known
   */
  Optional<Split> split(String stored) throws UnusableHashException {
    if (!stored.startsWith(PREFIX)) {
      return Optional.empty();
    }
    Matcher parts = FORM.matcher(stored);
    if (!parts.matches()) {
      throw new UnusableHashException(
          "is malformed: expected a version and a hash after " + PREFIX);
    }
    String version = parts.group(1);
    if (!keys.containsKey(version)) {
      throw new UnusableHashException("has a pepper of version " + version
          + ", which is not listed under pepper.keys: list it until nobody has such a hash");
    }
    return Optional.of(new Split(version, parts.group(2)));
  }

  /** A password mixed with the key of a version, to be cleared after use. */
  byte[] mixed(String version, byte[] password) {
    Secret key = keys.get(version);
    if (key == null) {
      throw new IllegalArgumentException("there is no key of version " + version);
    }
    byte[] bytes = key.revealBytes();
    try {
      Mac hmac = Mac.getInstance(HMAC);
      hmac.init(new SecretKeySpec(bytes, HMAC));
      byte[] mac = hmac.doFinal(password);
      byte[] text = Base64.getEncoder().withoutPadding().encode(mac);
      Arrays.fill(mac, (byte) 0);
      return text;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HmacSHA256, which every Java must have", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "Pepper" + keys.keySet().stream().sorted().toList();
  }
}
