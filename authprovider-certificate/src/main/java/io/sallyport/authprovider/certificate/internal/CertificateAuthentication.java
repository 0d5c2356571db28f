package io.sallyport.authprovider.certificate.internal;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.NotPresented;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Evidence;
import io.sallyport.api.Restrictions;
import io.sallyport.api.Subject.StoreUser;
import io.sallyport.api.User;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.NamedUserstore;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Accepts the certificate that the client of a connection has proved to own.
 *
 * <p>Only the first of the certificates counts, the client's own: what else it has sent along may be
 * anything, and which authorities are trusted is the container's affair.
 */
public final class CertificateAuthentication implements AuthenticationProvider {

  private static final String METHOD = "certificate";

  private final UserMapping mapping;
  private final Fitness fitness;
  private final List<NamedUserstore> stores;
  private final InstantSource clock;

  /** A provider for the users of some stores, the first one first. */
  public CertificateAuthentication(
      UserMapping mapping, Fitness fitness, List<NamedUserstore> stores, InstantSource clock) {
    this.mapping = mapping;
    this.fitness = fitness;
    this.stores = List.copyOf(stores);
    this.clock = clock;
  }

  @Override
  public boolean isPresented(AuthenticationRequest request) {
    return !request.clientCertificates().isEmpty();
  }

  @Override
  public AuthenticationResult authenticate(AuthenticationRequest request) {
    List<X509Certificate> chain = request.clientCertificates();
    if (chain.isEmpty()) {
      return new NotPresented();
    }
    try {
      return judge(chain.get(0), clock.instant());
    } catch (CertificateParsingException e) {
      return Rejected.of(Reason.MALFORMED, "the certificate cannot be read: " + e.getMessage());
    }
  }

  private AuthenticationResult judge(X509Certificate certificate, Instant now)
      throws CertificateParsingException {
    Optional<Rejected> fault = fitness.fault(certificate, now);
    if (fault.isPresent()) {
      return fault.get();
    }
    Optional<String> name = mapping.userOf(certificate);
    return name.isPresent()
        ? owner(name.get(), certificate, now)
        : Rejected.of(
            Reason.UNKNOWN_USER,
            "the certificate stands for no user, or for more than one; its subject is "
                + certificate.getSubjectX500Principal().getName());
  }

  private AuthenticationResult owner(String name, X509Certificate certificate, Instant now) {
    for (NamedUserstore named : stores) {
      Optional<User> user = named.store().findUser(name);
      if (user.isPresent()) {
        return new Authenticated(
            new StoreUser(named.name(), user.get()), evidence(certificate, now));
      }
    }
    return new Rejected(Reason.UNKNOWN_USER, "user not found", name);
  }

  /** A token that is made with a certificate ends with it; the last instant of a certificate belongs to it. */
  private static Evidence evidence(X509Certificate certificate, Instant now) {
    Instant end = certificate.getNotAfter().toInstant().plusNanos(1);
    return Evidence.of(METHOD, now).withRestrictions(Restrictions.none().withNotAfter(end));
  }

  /** None: the certificate belongs to the connection. */
  @Override
  public Set<String> credentialHeaders() {
    return Set.of();
  }
}
