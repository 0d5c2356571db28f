package io.sallyport.authprovider.token.internal.jws;

import java.util.Base64;
import java.util.Optional;

/**
 * The base64url form of RFC 7515 section 2, in the one spelling that bytes have: no padding, no white
 * space, nothing in the unused bits of the last character. So no two texts are the same token.
 */
public final class Base64Url {

  private Base64Url() {}

  public static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The bytes; empty if the text is empty or not in the form above. */
  public static Optional<byte[]> decode(String text) {
    return isCanonical(text) ? Optional.of(Base64.getUrlDecoder().decode(text)) : Optional.empty();
  }

  private static boolean isCanonical(String text) {
    int last = -1;
    for (int i = 0; i < text.length(); i++) {
      last = value(text.charAt(i));
      if (last < 0) {
        return false;
      }
    }
    return switch (text.length() % 4) {
      case 0 -> !text.isEmpty();
      case 2 -> (last & 0x0F) == 0;
      case 3 -> (last & 0x03) == 0;
      default -> false;
    };
  }

  private static int value(char c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return c == '-' ? 62 : c == '_' ? 63 : -1;
  }
}
