package io.sallyport.authprovider.token.internal.stored;

import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.spi.Settings;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * The form of tokens that are looked up: {@code <prefix>-<id>-<secret><checksum>}.
 *
 * <p>Id and secret are 10 and 34 characters of base 62; the checksum is the CRC-32 of all that stands before
 * it, in six. It is no protection: it tells a slip of the pen, or a scanner's false hit, without a look-up.
 */
public final class TokenFormat {

  public static final int ID_LENGTH = 10;

  /** More than 202 bits. */
  static final int SECRET_LENGTH = 34;

  static final int CHECKSUM_LENGTH = 6;

  /** The prefix of refresh tokens, which no other token may have. */
  public static final String REFRESH_PREFIX = "slr";

  private static final String DEFAULT_PREFIX = "sly";

  /** No capitals, so that ids stay two where a database takes capitals and small letters for one. */
  private static final String ID_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

  private final String start;

  private TokenFormat(String prefix) {
    this.start = prefix + "-";
  }

  /** A token taken apart. Its secret is in the clear: it is compared and let go. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Parts(String id, byte[] secret) {
    @Override
    public String toString() {
      return "Parts[" + id + "]";
    }
  }

  /** A new token with its secret in the clear. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Fresh(String id, String value, byte[] secret) {
    @Override
    public String toString() {
      return "Fresh[" + id + "]";
    }
  }

  public static TokenFormat of(String prefix) {
    return new TokenFormat(prefix);
  }

  /** The form with the prefix that settings name. */
  public static TokenFormat read(Settings settings) {
    String prefix = settings.text("prefix", DEFAULT_PREFIX);
    if (!isPrefix(prefix)) {
      settings.reject(
          "prefix",
          "expected 2 to 16 letters, digits and underscores, the first a letter, such as "
              + DEFAULT_PREFIX);
      return of(DEFAULT_PREFIX);
    }
    if (prefix.equals(REFRESH_PREFIX)) {
      settings.reject("prefix", "is the prefix of refresh tokens; choose another");
    }
    return of(prefix);
  }

  /** Whether a token is of this form, or was meant to be. */
  public boolean isMeant(String token) {
    return token.startsWith(start);
  }

  /** The parts of a token, or that it is none: told by its text alone. */
  Verdict<Parts> parse(String token) {
    if (!isMeant(token)) {
      return Verdict.refused(Reason.FOREIGN, "invalid token: of another kind");
    }
    int id = start.length();
    int secret = id + ID_LENGTH + 1;
    int checksum = secret + SECRET_LENGTH;
    if (token.length() != checksum + CHECKSUM_LENGTH
        || token.charAt(secret - 1) != '-'
        || !Base62.isAll(token, id, secret - 1)
        || !Base62.isAll(token, secret, token.length())) {
      return Verdict.malformed("not in the form " + start + "ID-SECRET");
    }
    if (!token.endsWith(checksum(token.substring(0, checksum)))) {
      return Verdict.malformed("the checksum is wrong, as after a typing error");
    }
    return Verdict.accepted(new Parts(
        token.substring(id, secret - 1),
        token.substring(secret, checksum).getBytes(StandardCharsets.US_ASCII)));
  }

  Fresh fresh(SecureRandom random) {
    String id = Base62.random(random, ID_ALPHABET, ID_LENGTH);
    String secret = Base62.random(random, Base62.ALPHABET, SECRET_LENGTH);
    String body = start + id + "-" + secret;
    return new Fresh(id, body + checksum(body), secret.getBytes(StandardCharsets.US_ASCII));
  }

  static String checksum(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    return Base62.of(crc.getValue(), CHECKSUM_LENGTH);
  }

  private static boolean isPrefix(String text) {
    return text.matches("[A-Za-z][A-Za-z0-9_]{1,15}");
  }
}
