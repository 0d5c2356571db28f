package io.sallyport.authprovider.password.internal;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.Target;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A request that has nothing but {@code Authorization} fields and some time. */
public record TestRequest(List<String> authorization, Duration remaining, String clientNetwork)
    implements AuthenticationRequest {

  public TestRequest(List<String> authorization, Duration remaining) {
    this(authorization, remaining, "192.0.2.1");
  }

  TestRequest from(String client) {
    return new TestRequest(authorization, remaining, client);
  }

  public static TestRequest of(String... authorization) {
    return new TestRequest(List.of(authorization), Duration.ofSeconds(30));
  }

  public static TestRequest basic(String name, String password) {
    byte[] userPass = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return of("Basic " + Base64.getEncoder().encodeToString(userPass));
  }

  @Override
  public List<String> headers(String name) {
    return name.equalsIgnoreCase("Authorization") ? authorization : List.of();
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
    return new InetSocketAddress(0);
  }

  @Override
  public InetSocketAddress local() {
    return new InetSocketAddress(0);
  }

  @Override
  public boolean secure() {
    return true;
  }

  @Override
  public List<X509Certificate> clientCertificates() {
    return List.of();
  }
}
