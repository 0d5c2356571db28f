package io.sallyport.authprovider.certificate;

import io.sallyport.authprovider.certificate.internal.CertificateAuthentication;
import io.sallyport.authprovider.certificate.internal.Fitness;
import io.sallyport.authprovider.certificate.internal.UserMapping;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.AuthenticationProviderFactory;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;

/**
 * Makes providers that accept the client certificate of the connection, and nothing else: the container
 * has asked for it and verified it against its own list of certificate authorities. No header field is
 * ever taken for one, whatever a proxy may write into it.
 *
 * <p>Properties: {@code mappings}, a list of exact names and the users that they stand for, each {@code
 * {subject: …, user: …}}, {@code {san_dns: …}}, {@code {san_uri: …}} or {@code {san_email: …}}; {@code
 * user_from}, by which certificates that no mapping names their user themselves: {@code subject_cn},
 * {@code san_dns}, {@code san_uri} or {@code san_email}; {@code issuers}, the distinguished names of the
 * only authorities whose certificates are accepted. One of {@code mappings} and {@code user_from} is
 * needed.
 *
 * <p>Names are compared character by character; nothing is folded, trimmed or expanded.
 *
 * @since 0.1
 */
public final class CertificateAuthenticationFactory implements AuthenticationProviderFactory {

  /** Makes the factory. */
  public CertificateAuthenticationFactory() {}

  @Override
  public String name() {
    return "certificate";
  }

  @Override
  public AuthenticationProvider create(Settings settings, ProviderContext context) {
    if (context.userstores().isEmpty()) {
      settings.reject(
          "certificates belong to users of a userstore, and there is none; configure one");
    }
    return new CertificateAuthentication(
        UserMapping.read(settings), Fitness.read(settings), context.userstores(), context.clock());
  }
}
