package io.sallyport.authprovider.token.internal.oidc;

import io.sallyport.spi.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Which authorities may vouch for an issuer's server, where they are not those that Java trusts. */
final class IssuerTrust {

  private IssuerTrust() {}

  /** The trust in the certificates of a file in PEM form; empty if none is named, or it will not do. */
  static Optional<SSLContext> read(Settings settings, String key) {
    if (!settings.has(key)) {
      return Optional.empty();
    }
    Path file = settings.file(key);
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (!certificates.isEmpty()) {
        return Optional.of(trusting(certificates));
      }
      settings.reject(
          key, "the file holds no certificate; expected those of authorities, in PEM form");
    } catch (IOException e) {
      settings.reject(
          key, "the file cannot be read; expected certificates of authorities, in PEM form");
    } catch (GeneralSecurityException e) {
      settings.reject(key, "the file holds something else than certificates in PEM form");
    }
    return Optional.empty();
  }

  private static SSLContext trusting(Collection<? extends Certificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    int number = 0;
    for (Certificate certificate : certificates) {
      trusted.setCertificateEntry("authority-" + number++, certificate);
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
