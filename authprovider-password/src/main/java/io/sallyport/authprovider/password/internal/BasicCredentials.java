package io.sallyport.authprovider.password.internal;

import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.Secret;
import io.sallyport.api.User;
import io.sallyport.authprovider.password.internal.hash.StrictBase64;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the {@code Authorization} fields of a request say in the scheme Basic (RFC 7617). Reading them
 * looks nobody up and never throws.
 */
sealed interface BasicCredentials {

  /** What the field begins with, in any case. */
  String SCHEME = "Basic";

  /** The most characters that the field may have. */
  int MAX_FIELD_LENGTH = 16 * 1024;

  /** Name and password, both fit to be checked. */
  record Presented(String name, Secret password) implements BasicCredentials {}

  /** No credentials of this scheme. */
  record Absent() implements BasicCredentials {}

  /** Credentials of this scheme that nobody needs to check. */
  record Refused(Reason reason, String detail, @Nullable String name) implements BasicCredentials {
    static Refused malformed(String detail) {
      return new Refused(Reason.MALFORMED, detail, null);
    }
  }

  /** Which base64 a client may write. */
  enum Alphabet {
    /** Canonical, with padding: what RFC 7617 asks for. */
    STANDARD,
    /** Also the URL-safe alphabet, and no padding: what the clients of older generations write. */
    LENIENT;

    private Optional<byte[]> decode(String token) {
      if (this == STANDARD) {
        return StrictBase64.decodePadded(token);
      }
      String standard = token.replace('-', '+').replace('_', '/');
      return standard.endsWith("=")
          ? StrictBase64.decodePadded(standard)
          : StrictBase64.decodeUnpadded(standard);
    }
  }

  /**
   * Reads the fields.
   *
   * @param fields the values of all {@code Authorization} fields
   * @param alphabet which base64 is accepted
   * @return what they say
   */
  static BasicCredentials parse(List<String> fields, Alphabet alphabet) {
    if (fields.isEmpty()) {
      return new Absent();
    }
    if (fields.size() > 1) {
      return new Refused(Reason.AMBIGUOUS, "more than one Authorization field", null);
    }
    String field = fields.get(0);
    if (!isBasic(field)) {
      return new Absent();
    }
    if (field.length() > MAX_FIELD_LENGTH) {
      return new Refused(
          Reason.AMBIGUOUS, "Authorization field longer than " + MAX_FIELD_LENGTH, null);
    }
    return alphabet
        .decode(tokenOf(field))
        .map(BasicCredentials::split)
        .orElseGet(() -> Refused.malformed("Basic credentials are not one canonical base64 token"));
  }

  /**
   * Whether {@link #parse} would find anything, be it wrong.
   *
   * @param fields the values of all {@code Authorization} fields
   * @return whether it would
   */
  static boolean isPresented(List<String> fields) {
    return fields.size() > 1 || (fields.size() == 1 && isBasic(fields.get(0)));
  }

  private static boolean isBasic(String field) {
    int end = 0;
    while (end < field.length() && field.charAt(end) != ' ' && field.charAt(end) != '\t') {
      end++;
    }
    return end == SCHEME.length() && field.regionMatches(true, 0, SCHEME, 0, end);
  }

  /** What stands behind the scheme and its spaces; a tab stays, and is no base64. */
  private static String tokenOf(String field) {
    int start = SCHEME.length();
    while (start < field.length() && field.charAt(start) == ' ') {
      start++;
    }
    return field.substring(start);
  }

  private static BasicCredentials split(byte[] userPass) {
    try {
      int colon = indexOf(userPass, (byte) ':');
      return colon < 0
          ? Refused.malformed("Basic credentials have no colon")
          : judge(text(userPass, colon), Arrays.copyOfRange(userPass, colon + 1, userPass.length));
    } finally {
      Arrays.fill(userPass, (byte) 0);
    }
  }

  private static BasicCredentials judge(@Nullable String name, byte[] password) {
    try {
      if (name == null || name.chars().anyMatch(Character::isISOControl)) {
        return Refused.malformed("the user name is not UTF-8 text without control characters");
      }
      if (name.isEmpty()) {
        return Refused.malformed("username or password not found on request");
      }
      if (!User.isValidName(name)) {
        return Refused.malformed("the user name is longer than " + User.MAX_NAME_LENGTH);
      }
      if (password.length == 0) {
        return new Refused(Reason.MALFORMED, "username or password not found on request", name);
      }
      return Passwords.faultOf(password)
          .<BasicCredentials>map(
              fault -> new Refused(Reason.MALFORMED, "the password " + fault, name))
          .orElseGet(() -> new Presented(name, Secret.ofBytes(password)));
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  private static @Nullable String text(byte[] utf8, int end) {
    if (Passwords.isPrintableAscii(utf8, end)) {
      return new String(utf8, 0, end, StandardCharsets.US_ASCII);
    }
    try {
      return Passwords.decode(utf8, 0, end).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static int indexOf(byte[] bytes, byte wanted) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
