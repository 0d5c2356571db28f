package io.sallyport.authprovider.password.internal.hash;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * sha256_crypt and sha512_crypt: {@code $5$rounds=535000$salt$hash} and {@code $6$…}, without {@code
 * rounds=} 5000. A salt of more than 16 characters, which some cut and some refuse, is refused.
 *
 * <p>The time grows with the length of the password as well, and whoever tries to sign in chooses that. So
 * a password matches only if length times rounds is within {@link #MAX_BYTES} times the limit of rounds.
 * For a longer one its beginning is computed, to take as long as others do.
 */
final class ShaCryptScheme implements PasswordScheme {

  /** How long a password may be at the limit of rounds. */
  static final int MAX_BYTES = 256;

  private static final int IMPLICIT_ROUNDS = 5000;
  private static final int MIN_ROUNDS = 1000;
  private static final Pattern FORM =
      Pattern.compile("\\$([56])\\$(?:rounds=([1-9][0-9]{0,8})\\$)?([./0-9A-Za-z]{0,16})"
          + "\\$([./0-9A-Za-z]{43}|[./0-9A-Za-z]{86})");

  private final HashLimits limits;

  ShaCryptScheme(HashLimits limits) {
    this.limits = limits;
  }

  @Override
  public boolean claims(String stored) {
    return stored.startsWith("$5$") || stored.startsWith("$6$");
  }

  @Override
  public StoredHash read(String stored) throws UnusableHashException {
    Matcher parts = FORM.matcher(stored);
    if (!parts.matches()) {
      throw Malformed.because(
          "expected $5$ or $6$, perhaps rounds=…$, then at most 16 characters of salt, $ and the hash");
    }
    ShaCrypt variant = parts.group(1).equals("5") ? ShaCrypt.SHA256 : ShaCrypt.SHA512;
    long rounds = parts.group(2) == null ? IMPLICIT_ROUNDS : Long.parseLong(parts.group(2));
    if (rounds < MIN_ROUNDS) {
      throw Malformed.because("no hash has fewer than " + MIN_ROUNDS + " rounds");
    }
    String hash = parts.group(4);
    if (hash.length() != variant.digits()
        || !CryptAlphabet.CRYPT.isWithin(hash, 6 - variant.zeroBits())) {
      throw Malformed.because("no hash of its scheme has this length and ending");
    }
    limits.requireShaCrypt(rounds);
    return stored(variant, rounds, parts.group(3), hash);
  }

  private StoredHash stored(ShaCrypt variant, long rounds, String salt, String hash) {
    byte[] saltBytes = salt.getBytes(StandardCharsets.US_ASCII);
    DerivedHash whole = new DerivedHash(
        new HashCost(
            variant == ShaCrypt.SHA256 ? "sha256_crypt" : "sha512_crypt", "rounds=" + rounds, 0),
        hash.getBytes(StandardCharsets.US_ASCII),
        password -> variant.hash(password, saltBytes, rounds));
    return new WithoutNul(
        new UpToLength(whole, Math.max(MAX_BYTES, MAX_BYTES * limits.shaCryptRounds() / rounds)));
  }

  /** Matches no password that is longer than permitted. */
  private record UpToLength(StoredHash hash, long maxBytes) implements StoredHash {

    @Override
    public HashCost cost() {
      return hash.cost();
    }

    /** By its length, since otherwise many short passwords would hide how long a long one takes. */
    @Override
    public HashCost cost(int bytes) {
      HashCost cost = hash.cost();
      return new HashCost(
          cost.scheme(),
          cost.parameters() + ",bytes=" + (bytes <= maxBytes ? bytes : MAX_BYTES),
          cost.memoryKib());
    }

    @Override
    public boolean matches(byte[] password) {
      if (password.length <= maxBytes) {
        return hash.matches(password);
      }
      byte[] beginning = Arrays.copyOf(password, MAX_BYTES);
      hash.matches(beginning);
      Arrays.fill(beginning, (byte) 0);
      return false;
    }
  }
}
