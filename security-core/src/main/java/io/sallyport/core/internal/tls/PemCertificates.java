package io.sallyport.core.internal.tls;

import io.sallyport.spi.InvalidSettingsException;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Takes the certificates out of a PEM file that must hold nothing else. */
final class PemCertificates {

  private PemCertificates() {}

  /** All certificates in their order, at least one. */
  static List<X509Certificate> of(PemFile file) {
    if (!file.firstLineContains("BEGIN CERTIFICATE")) {
      throw new InvalidSettingsException(
          "Public certificate is expected to begin with a line containing 'BEGIN CERTIFICATE'. ["
              + file
              + "] does not; remove what stands before it, or see whether certificate and key are swapped");
    }
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
}
