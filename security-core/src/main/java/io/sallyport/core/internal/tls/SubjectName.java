package io.sallyport.core.internal.tls;

import java.security.cert.X509Certificate;

/** Whose a certificate is, for messages. */
final class SubjectName {

  private SubjectName() {}

  /** The name in the form of RFC 2253, on one line whatever it holds. */
  static String of(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName().replaceAll("\\p{C}", "?");
  }
}
