package io.sallyport.core.internal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Authorities with the same limits on whom they may vouch for: all that have none, or a single one that has.
 *
 * <p>Java overlooks the name constraints of an authority that is trusted itself, and can be told of them
 * only in a way that its own validation refuses. So each authority that has any is tried alone, and the
 * names below it are checked here.
 */
final class TrustedGroup {

  private static final String NAME_CONSTRAINTS = "2.5.29.30";

  private final List<X509Certificate> authorities;
  private final byte @Nullable [] nameConstraints;

  private TrustedGroup(List<X509Certificate> authorities, byte @Nullable [] nameConstraints) {
    this.authorities = authorities;
    this.nameConstraints = nameConstraints;
  }

  static List<TrustedGroup> of(List<X509Certificate> authorities) {
    List<X509Certificate> unlimited = new ArrayList<>();
    List<TrustedGroup> groups = new ArrayList<>();
    for (X509Certificate authority : authorities) {
      byte[] extension = authority.getExtensionValue(NAME_CONSTRAINTS);
      if (extension == null) {
        unlimited.add(authority);
      } else {
        groups.add(new TrustedGroup(List.of(authority), unwrapped(extension)));
      }
    }
    if (!unlimited.isEmpty()) {
      groups.add(0, new TrustedGroup(unlimited, null));
    }
    return groups;
  }

  /** What is in the OCTET STRING that an extension comes in. */
  private static byte[] unwrapped(byte[] octets) {
    // a second byte of 0x80 and more says how many bytes of length follow
    int header = octets[1] >= 0 ? 2 : 2 + (octets[1] & 0x7f);
    return Arrays.copyOfRange(octets, header, octets.length);
  }

  /** Java's own trust manager for these authorities at a time. */
  X509ExtendedTrustManager manager(Instant now) {
    try {
      var parameters = new PKIXBuilderParameters(
          authorities.stream()
              .map(authority -> new TrustAnchor(authority, null))
              .collect(Collectors.toSet()),
          null);
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(new CertPathTrustManagerParameters(parameters));
      return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot check certificate paths (PKIX)", e);
    }
  }

  /** All that was sent, used or not: nobody sends what does not belong to the path. */
  void checkNames(X509Certificate[] chain) throws CertificateException {
    if (nameConstraints == null) {
      return;
    }
    var permitted = new X509CertSelector();
    try {
      permitted.setNameConstraints(nameConstraints);
    } catch (IOException e) {
      throw new CertificateException("the CA has name constraints that cannot be read", e);
    }
    for (X509Certificate certificate : chain) {
      if (!authorities.contains(certificate) && !permitted.match(certificate)) {
        throw new CertificateException("the name constraints of the CA do not permit this name");
      }
    }
  }
}
