package io.sallyport.authprovider.certificate.internal;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request of which the certificates matter, and header fields that must not. */
public record Connection(List<X509Certificate> clientCertificates, Map<String, String> fields)
    implements AuthenticationRequest {

  public static Connection with(X509Certificate... chain) {
    return new Connection(List.of(chain), Map.of());
  }

  @Override
  public List<String> headers(String name) {
    return fields.containsKey(name) ? List.of(fields.get(name)) : List.of();
  }

  @Override
  public Target target() {
    throw new UnsupportedOperationException("a certificate is judged whatever is asked for");
  }

  @Override
  public Optional<String> query() {
    throw new UnsupportedOperationException("no credential may be taken from the query");
  }

  @Override
  public Optional<String> cookie(String name) {
    throw new UnsupportedOperationException("no certificate is taken from a cookie");
  }

  @Override
  public InetSocketAddress remote() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
  }

  @Override
  public InetSocketAddress local() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 8101);
  }

  @Override
  public boolean secure() {
    return true;
  }

  @Override
  public Duration remaining() {
    return Duration.ofSeconds(10);
  }
}
