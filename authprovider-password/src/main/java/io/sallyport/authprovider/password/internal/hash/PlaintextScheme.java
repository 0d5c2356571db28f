package io.sallyport.authprovider.password.internal.hash;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Passwords that are stored in the clear, for who permits that. It is asked last, and claims nothing that
 * looks like a hash that was cut or is of an unknown scheme, or like an account without password: such a
 * text would be a password for whoever has read it.
 */
final class PlaintextScheme implements PasswordScheme {

  private static final HashCost COST = new HashCost("plaintext", "", 0);

  /**
   * {@code $scheme$…}, {@code {scheme}…}, {@code scheme$…$…}, {@code !} and {@code *} of locked accounts,
   * digests in hexadecimal, and control characters, which no password has.
   */
  private static final Pattern NOT_PLAINTEXT = Pattern.compile(
      "\\s*+(?:\\$[^$]*\\$.*|\\{[^}]*}.*|\\w+\\$[^$]*\\$.*|[!*].*"
          + "|(?:md5)?(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{56}|[0-9a-fA-F]{64}"
          + "|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})|.*\\p{Cntrl}.*)",
      Pattern.DOTALL);

  static UnusableHashException notAllowed() {
    return new UnusableHashException(
        "is a password in the clear, which matches only with allow_plaintext: true");
  }

  @Override
  public boolean claims(String stored) {
    return stored.length() <= Malformed.MAX_TEXT
        && !NOT_PLAINTEXT.matcher(stored).matches();
  }

  // of the empty text too, as in the old system; an empty password reaches no store and no hash
  @Override
  public StoredHash read(String stored) {
    return new DerivedHash(COST, stored.getBytes(StandardCharsets.UTF_8), byte[]::clone);
  }

  /** A text that is said to be in the clear, whatever it looks like. */
  StoredHash inTheClear(String stored) throws UnusableHashException {
    if (stored.isEmpty()) {
      throw Malformed.because("there is no password");
    }
    return read(stored);
  }
}
