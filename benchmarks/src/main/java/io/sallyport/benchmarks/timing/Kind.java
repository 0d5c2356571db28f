package io.sallyport.benchmarks.timing;

import java.util.Locale;

/** The kinds of failures that nobody should be able to tell apart. */
enum Kind {
  /** The user's hash is as new ones are. */
  WRONG_PASSWORD(Stored.USUAL, false),
  UNKNOWN_USER(Stored.NONE, false),
  /** Locked by five failures, from another client. */
  LOCKED_WRONG_PASSWORD(Stored.USUAL, false),
  LOCKED_RIGHT_PASSWORD(Stored.USUAL, true),
  INACTIVE_WRONG_PASSWORD(Stored.USUAL, false),
  INACTIVE_RIGHT_PASSWORD(Stored.USUAL, true),
  /** Locked by an administrator. */
  BARRED_RIGHT_PASSWORD(Stored.USUAL, true),
  WITHOUT_PASSWORD(Stored.NONE, false),
  BCRYPT_12(Stored.BCRYPT, false),
  SHA512_CRYPT_656000(Stored.SHA512_CRYPT, false),
  PBKDF2_29000(Stored.PBKDF2, false),
  DES_CRYPT(Stored.DES_CRYPT, false);

  private final String stored;
  private final boolean rightPassword;

  Kind(String stored, boolean rightPassword) {
    this.stored = stored;
    this.rightPassword = rightPassword;
  }

  boolean isLocked() {
    return this == LOCKED_WRONG_PASSWORD || this == LOCKED_RIGHT_PASSWORD;
  }

  boolean rightPassword() {
    return rightPassword;
  }

  /** Each measurement is of another user, so that nobody's failures add up. */
  String user(int number) {
    return name().toLowerCase(Locale.ROOT) + "-" + number;
  }

  /** The user's line in the users file; nothing for one who is not there. */
  String line(int number, String usual) {
    if (this == UNKNOWN_USER) {
      return "";
    }
    String hash = stored.equals(Stored.USUAL) ? usual : stored;
    String password = stored.equals(Stored.NONE) ? "" : ", password: \"" + hash + "\"";
    boolean active = this != INACTIVE_WRONG_PASSWORD && this != INACTIVE_RIGHT_PASSWORD;
    return "  - {username: %s, active: %s, locked: %s, roles: [user]%s}\n"
        .formatted(user(number), active, this == BARRED_RIGHT_PASSWORD, password);
  }

  /** Hashes of other systems: glibc's crypt, and PBKDF2 in passlib's form. */
  private static final class Stored {
    static final String NONE = "";
    static final String USUAL = "usual";
    static final String BCRYPT = "$2b$12$1bNbBFlnqJ1EMYq/Y5M6uudiu42yusg6JYfnVPhTjUCc.q4gEUc76";
    static final String SHA512_CRYPT =
        "$6$rounds=656000$timingtest$v4MQLv9VsYajeNJ1K8V3phVavvwWy2O4"
            + "ubgApgqpR39rDEglUxZLOEI35uMYAdwgELhK7yPI8XfDEy69jqxxM/";
    static final String PBKDF2 =
        "$pbkdf2-sha256$29000$dGltaW5nIHRlc3Qgc2FsdA$XC.SS.LcEoV4d2C35p/ljyPa9EFLAURPqHjGZW8YxII";
    static final String DES_CRYPT = "abws3YimNi/io";
  }
}
