package io.sallyport.core.internal.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts the clients that the authorities in force vouch for, and nobody else: no list of Java's or of the
 * system's is looked at. Without authorities, no client certificate is trusted.
 *
 * <p>Paths are checked by Java (PKIX, RFC 5280): signatures, validity, basic constraints, name constraints,
 * key usage, and {@code clientAuth} where a certificate limits its purposes. What Java does not check of the
 * trusted authorities themselves, their validity and their name constraints, is checked here. Revocation is
 * not.
 */
final class ClientTrust extends X509ExtendedTrustManager {

  private final Supplier<ClientAuthorities> inForce;
  private final InstantSource clock;

  ClientTrust(Supplier<ClientAuthorities> inForce, InstantSource clock) {
    this.inForce = inForce;
    this.clock = clock;
  }

  @Override
  public void checkClientTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    check(chain, manager -> manager.checkClientTrusted(chain, authType, engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    check(chain, manager -> manager.checkClientTrusted(chain, authType, socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, manager -> manager.checkClientTrusted(chain, authType));
  }

  /** One way to ask a trust manager of Java's. */
  private interface Question {

    void ask(X509ExtendedTrustManager manager) throws CertificateException;
  }

  private void check(X509Certificate[] chain, Question question) throws CertificateException {
    Instant now = clock.instant();
    List<X509Certificate> authorities = inForce.get().at(now);
    if (chain.length > 0 && authorities.contains(chain[0])) {
      // Java would take it as it is, since it is trusted
      throw new CertificateException("the certificate of a CA is not that of a client");
    }
    CertificateException refusal =
        new CertificateException("no CA vouches for client certificates at present");
    for (TrustedGroup group : TrustedGroup.of(authorities)) {
      try {
        question.ask(group.manager(now));
        group.checkNames(chain);
        return;
      } catch (CertificateException e) {
        refusal = e;
      }
    }
    throw refusal;
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return inForce.get().at(clock.instant()).toArray(X509Certificate[]::new);
  }

  @Override
  public void checkServerTrusted(
      X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
      throws CertificateException {
    throw noServers();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
      throws CertificateException {
    throw noServers();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw noServers();
  }

  private static CertificateException noServers() {
    return new CertificateException("this is the server's side of TLS, which trusts no servers");
  }
}
