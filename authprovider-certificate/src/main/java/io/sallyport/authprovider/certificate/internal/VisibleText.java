package io.sallyport.authprovider.certificate.internal;

import java.security.cert.CertificateParsingException;

/** Text that shows all it has: no control characters, nothing invisible, nothing undefined. */
final class VisibleText {

  private VisibleText() {}

  static String of(String text) throws CertificateParsingException {
    if (!isVisible(text)) {
      throw new CertificateParsingException("a name is empty or has characters that do not show");
    }
    return text;
  }

  static boolean isVisible(String text) {
    return !text.isEmpty() && text.codePoints().allMatch(VisibleText::isVisible);
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }
}
