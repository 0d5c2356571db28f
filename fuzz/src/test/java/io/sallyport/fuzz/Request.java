package io.sallyport.fuzz;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request of header fields and certificates.
 *
 * @param fields the values of each field, by its name in lower case
 * @param clientCertificates the chain of the client
 */
public record Request(Map<String, List<String>> fields, List<X509Certificate> clientCertificates)
    implements AuthenticationRequest {

  /** A request of header fields only. */
  public Request(Map<String, List<String>> fields) {
    this(fields, List.of());
  }

  @Override
  public List<String> headers(String name) {
    return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }

  @Override
  public Target target() {
    return new Target("GET", "/");
  }

  @Override
  public Optional<String> query() {
    return Optional.empty();
  }

  @Override
  public Optional<String> cookie(String name) {
    return Optional.empty();
  }

  @Override
  public InetSocketAddress remote() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
  }

  @Override
  public InetSocketAddress local() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 8443);
  }

  @Override
  public boolean secure() {
    return true;
  }

  @Override
  public Duration remaining() {
    return Duration.ofSeconds(30);
  }
}
