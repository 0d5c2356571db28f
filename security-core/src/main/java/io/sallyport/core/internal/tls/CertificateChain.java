package io.sallyport.core.internal.tls;

import io.sallyport.spi.InvalidSettingsException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server's certificate and those that vouch for it, in the order in which TLS sends them.
 *
 * @param certificates the server's own first, not empty
 */
record CertificateChain(List<X509Certificate> certificates) {

  CertificateChain {
    certificates = List.copyOf(certificates);
  }

  static CertificateChain read(@Nullable Path path, Instant now) {
    PemFile file = PemFile.read("certificate", path);
    var chain = new CertificateChain(PemCertificates.of(file));
    chain.checkOrder(file);
    chain.checkValidity(file, now);
    return chain;
  }

  private void checkOrder(PemFile file) {
    for (int i = 1; i < certificates.size(); i++) {
      if (!certificates
          .get(i - 1)
          .getIssuerX500Principal()
          .equals(certificates.get(i).getSubjectX500Principal())) {
        throw new InvalidSettingsException("Certificate " + (i + 1) + " of [" + file
            + "] is not the issuer of the one before it; put the server's own certificate first,"
            + " then each issuer behind what it has issued");
      }
    }
  }

  /** Of the server's own certificate only: an issuer may be replaced in the client's view. */
  private void checkValidity(PemFile file, Instant now) {
    Instant from = own().getNotBefore().toInstant();
    Instant until = own().getNotAfter().toInstant();
    if (now.isAfter(until)) {
      throw new InvalidSettingsException("The certificate [" + file + "] has expired on " + until
          + "; every client would refuse it: renew it");
    }
    if (now.isBefore(from)) {
      throw new InvalidSettingsException(
          "The certificate [" + file + "] is not valid before " + from + ", and it is " + now
              + "; check the clock of this machine, or use another certificate until then");
    }
  }

  X509Certificate own() {
    return certificates.get(0);
  }

  PublicKey publicKey() {
    return own().getPublicKey();
  }

  X509Certificate[] toArray() {
    return certificates.toArray(X509Certificate[]::new);
  }
}
