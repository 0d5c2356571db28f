package io.sallyport.authprovider.password.internal.hash;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PBKDF2 as passlib writes it: {@code $pbkdf2-sha256$29000$salt$hash}, in base64 with a dot for the plus.
 * A plus and padding mean the same and are taken as well.
 */
final class Pbkdf2Scheme implements PasswordScheme {

  private static final long MAX_ROUNDS = 0xffff_ffffL;
  private static final Pattern FORM =
      Pattern.compile("\\$pbkdf2-(sha256|sha512)\\$([1-9][0-9]{0,9})"
          + "\\$([A-Za-z0-9./+]{0,1366}={0,2})\\$([A-Za-z0-9./+]{1,88}={0,2})");

  private final HashLimits limits;

  Pbkdf2Scheme(HashLimits limits) {
    this.limits = limits;
  }

  @Override
  public boolean claims(String stored) {
    return stored.startsWith("$pbkdf2-sha256$") || stored.startsWith("$pbkdf2-sha512$");
  }

  @Override
  public StoredHash read(String stored) throws UnusableHashException {
    Matcher parts = FORM.matcher(stored);
    if (!parts.matches()) {
      throw Malformed.because("expected $pbkdf2-sha256$, rounds, $salt$hash");
    }
    Pbkdf2 variant = parts.group(1).equals("sha256") ? Pbkdf2.SHA256 : Pbkdf2.SHA512;
    long rounds = Long.parseLong(parts.group(2));
    if (rounds > MAX_ROUNDS) {
      throw Malformed.because("no hash has more than " + MAX_ROUNDS + " rounds");
    }
    byte[] salt = bytes(parts.group(3));
    byte[] hash = bytes(parts.group(4));
    if (hash.length != variant.blockLength()) {
      throw Malformed.because(
          "its hash has not the " + variant.blockLength() + " bytes of " + parts.group(1));
    }
    return stored(variant, rounds, salt, hash, limits);
  }

  static StoredHash stored(Pbkdf2 variant, long rounds, byte[] salt, byte[] hash, HashLimits limits)
      throws UnusableHashException {
    int blocks = variant.blocks(hash.length);
    limits.requirePbkdf2(rounds, blocks);
    String parameters = "rounds=" + rounds + (blocks == 1 ? "" : ",blocks=" + blocks);
    return new DerivedHash(
        new HashCost("pbkdf2_" + variant.scheme(), parameters, 0),
        hash,
        password -> variant.derive(password, salt, rounds, hash.length));
  }

  private static byte[] bytes(String base64) throws UnusableHashException {
    String standard = base64.replace('.', '+');
    Optional<byte[]> bytes = base64.endsWith("=")
        ? StrictBase64.decodePadded(standard)
        : StrictBase64.decodeUnpadded(standard);
    return bytes.orElseThrow(() -> Malformed.because("its salt or hash is not canonical base64"));
  }
}
