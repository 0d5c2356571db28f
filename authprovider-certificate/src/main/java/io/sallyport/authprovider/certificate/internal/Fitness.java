package io.sallyport.authprovider.certificate.internal;

import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.spi.Settings;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a certificate may stand for a client at all. The container has verified it when the connection
 * began or, where a TLS session is resumed, earlier still; a container may also be set up to verify little.
 *
 * @param issuers the only authorities whose certificates are accepted; empty for all that the container
 *     trusts
 */
public record Fitness(Set<DistinguishedName> issuers) {

  private static final String ISSUERS = "issuers";
  private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
  private static final int DIGITAL_SIGNATURE = 0;

  /** Fit certificates come from these issuers. */
  public Fitness {
    issuers = Set.copyOf(issuers);
  }

  /** Reads {@code issuers}. */
  public static Fitness read(Settings settings) {
    List<String> texts = settings.texts(ISSUERS);
    if (settings.has(ISSUERS) && texts.isEmpty()) {
      settings.reject(
          ISSUERS,
          "expected at least one issuer; leave the key out to accept all that are trusted");
    }
    Set<DistinguishedName> issuers = new LinkedHashSet<>();
    for (String text : texts) {
      try {
        issuers.add(DistinguishedName.parse(text));
      } catch (IllegalArgumentException e) {
        settings.reject(ISSUERS, UserMapping.EXPECTED_SUBJECT);
      }
    }
    return new Fitness(issuers);
  }

  /** Why a certificate must not be accepted now; empty if nothing is wrong. */
  Optional<Rejected> fault(X509Certificate certificate, Instant now)
      throws CertificateParsingException {
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      return fault(Reason.NOT_YET_VALID, "the certificate is not valid yet");
    }
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      return fault(Reason.EXPIRED, "the certificate has expired");
    }
    if (certificate.hasUnsupportedCriticalExtension()) {
      return fault(
          Reason.WRONG_CREDENTIALS, "the certificate has a critical extension of unknown meaning");
    }
    if (certificate.getBasicConstraints() >= 0) {
      return fault(Reason.WRONG_CREDENTIALS, "the certificate is that of an authority");
    }
    List<String> extendedUsage = certificate.getExtendedKeyUsage();
    if (extendedUsage != null && !extendedUsage.contains(CLIENT_AUTHENTICATION)) {
      return fault(Reason.WRONG_CREDENTIALS, "the certificate is not for clients (clientAuth)");
    }
    boolean[] usage = certificate.getKeyUsage();
    if (usage != null && !usage[DIGITAL_SIGNATURE]) {
      return fault(Reason.WRONG_CREDENTIALS, "the certificate's key is not for signatures");
    }
    if (!issuers.isEmpty()
        && !issuers.contains(DistinguishedName.of(certificate.getIssuerX500Principal()))) {
      return fault(Reason.WRONG_CREDENTIALS, "the certificate is of none of the named issuers");
    }
    return Optional.empty();
  }

  private static Optional<Rejected> fault(Reason reason, String detail) {
    return Optional.of(Rejected.of(reason, detail));
  }
}
