package io.sallyport.core.internal.tls;

import io.sallyport.spi.InvalidSettingsException;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
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
    if (!file.firstLineContains("BEGIN CERTIFICATE")) {
      throw new InvalidSettingsException(
          "Public certificate is expected to begin with a line containing 'BEGIN CERTIFICATE'. ["
              + file
              + "] does not; remove what stands before it, or see whether certificate and key are swapped");
    }
    var chain = new CertificateChain(parse(file));
    chain.checkOrder(file);
    chain.checkValidity(file, now);
    return chain;
  }

  private static List<X509Certificate> parse(PemFile file) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (PemFile.Block block : file.blocks()) {
      if (!block.label().equals("CERTIFICATE")) {
        throw new InvalidSettingsException("The certificate file [" + file + "] holds a block "
            + block.label() + "; only CERTIFICATE blocks belong there");
      }
      certificates.add(certificate(file, block));
    }
    return certificates;
  }

  private static X509Certificate certificate(PemFile file, PemFile.Block block) {
    try {
      return (X509Certificate) CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(block.bytes()));
    } catch (CertificateException e) {
      throw new InvalidSettingsException(
          "[" + file
              + "] holds a CERTIFICATE block that is no X.509 certificate; copy it again from where it was issued");
    }
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
