package io.sallyport.core.internal.tls;

import io.sallyport.spi.InvalidSettingsException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * The authorities whose client certificates are trusted, as one PEM file lists them.
 *
 * @param certificates each once, not empty; some may have ended or not begun
 */
record ClientAuthorities(List<X509Certificate> certificates) {

  private static final int KEY_CERT_SIGN = 5;

  ClientAuthorities {
    certificates = certificates.stream().distinct().toList();
  }

  static ClientAuthorities read(Path path) {
    PemFile file = PemFile.read("client CA", path);
    List<X509Certificate> certificates = PemCertificates.of(file);
    certificates.forEach(certificate -> checkAuthority(file, certificate));
    return new ClientAuthorities(certificates);
  }

  /** A client's own certificate in this list would count without its end or its purpose being looked at. */
  private static void checkAuthority(PemFile file, X509Certificate certificate) {
    boolean[] usage = certificate.getKeyUsage();
    if (certificate.getBasicConstraints() < 0 || (usage != null && !usage[KEY_CERT_SIGN])) {
      throw new InvalidSettingsException("The client CA file [" + file
          + "] holds a certificate that is no CA's (" + SubjectName.of(certificate)
          + "); list the CAs that issue the clients' certificates, not these themselves");
    }
  }

  /** Those that are valid at a time; nobody is trusted because of another one. */
  List<X509Certificate> at(Instant now) {
    return certificates.stream()
        .filter(certificate -> !now.isBefore(certificate.getNotBefore().toInstant())
            && !now.isAfter(certificate.getNotAfter().toInstant()))
        .toList();
  }
}
