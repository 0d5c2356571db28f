package io.sallyport.authprovider.token.internal;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A request of which only the header fields matter, as pairs of name and value. */
public final class HeaderFields implements AuthenticationRequest {

  private final List<String> namesAndValues;

  private HeaderFields(List<String> namesAndValues) {
    this.namesAndValues = List.copyOf(namesAndValues);
  }

  public static HeaderFields of(String... namesAndValues) {
    return new HeaderFields(List.of(namesAndValues));
  }

  @Override
  public List<String> headers(String name) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      if (namesAndValues.get(i).equalsIgnoreCase(name)) {
        values.add(namesAndValues.get(i + 1));
      }
    }
    return values;
  }

  @Override
  public Target target() {
    throw new UnsupportedOperationException("a token is judged whatever is asked for");
  }

  @Override
  public Optional<String> query() {
    throw new UnsupportedOperationException("no credential may be taken from the query");
  }

  @Override
  public Optional<String> cookie(String name) {
    throw new UnsupportedOperationException("no token is taken from a cookie");
  }

  @Override
  public InetSocketAddress remote() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);
  }

  @Override
  public InetSocketAddress local() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080);
  }

  @Override
  public boolean secure() {
    return false;
  }

  @Override
  public List<X509Certificate> clientCertificates() {
    return List.of();
  }

  @Override
  public Duration remaining() {
    return Duration.ofSeconds(10);
  }
}
