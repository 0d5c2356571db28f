package io.sallyport.core.internal.gate;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.Identity;
import io.sallyport.api.Outcome;
import io.sallyport.api.Target;
import io.sallyport.spi.UnavailableException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds out about a token by asking the chain as if a request had come with that token and nothing else. So
 * what is said of it is what the gate would say, and nothing that counts or can be guessed is asked: such a
 * credential is no single word.
 */
public final class TokenCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,16000}");
  private static final String AUTHORIZATION = "Authorization";

  private final AuthenticationChain chain;

  /**
   * A check.
   *
   * @param chain who is asked
   */
  public TokenCheck(AuthenticationChain chain) {
    this.chain = chain;
  }

  /** The connection of whoever asks about a token. */
  public record Asker(
      Target target,
      InetSocketAddress remote,
      InetSocketAddress local,
      String clientAddress,
      boolean secure) {}

  /**
   * Whom the gate would take for the caller with a token.
   *
   * @param token what somebody says is a token
   * @param asker the connection on which it would be presented
   * @return the caller; empty if the gate would refuse the token, or it is none
   * @throws UnavailableException if that cannot be told now
   */
  public Optional<Identity> identity(String token, Asker asker) {
    if (!TOKEN.matcher(token).matches()) {
      return Optional.empty();
    }
    Optional<Identity> bearer = identity(AUTHORIZATION, "Bearer " + token, asker);
    if (bearer.isPresent()) {
      return bearer;
    }
    for (String field : chain.credentialFields()) {
      if (!field.equalsIgnoreCase(AUTHORIZATION)) {
        Optional<Identity> found = identity(field, token, asker);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Identity> identity(String field, String value, Asker asker) {
    ChainResult result = chain.authenticate(new TokenOnly(field, value, asker));
    if (result instanceof ChainResult.Known known) {
      // what is no token, such as a name that a proxy vouches for, is nothing to tell anything
      // about
      return Optional.of(known.identity()).filter(identity -> identity.token().isPresent());
    }
    ChainResult.Unknown unknown = (ChainResult.Unknown) result;
    if (unknown.outcome() == Outcome.UNAVAILABLE) {
      throw new UnavailableException(
          "a provider cannot tell about a token now",
          unknown.retryAfter() == null ? PATIENCE : unknown.retryAfter(),
          null);
    }
    return Optional.empty();
  }

  /** A request that carries a token and nothing else. */
  private record TokenOnly(String field, String value, Asker asker)
      implements AuthenticationRequest {

    @Override
    public Target target() {
      return asker.target();
    }

    @Override
    public Optional<String> query() {
      return Optional.empty();
    }

    @Override
    public List<String> headers(String name) {
      return field.equalsIgnoreCase(name) ? List.of(value) : List.of();
    }

    @Override
    public Optional<String> cookie(String name) {
      return Optional.empty();
    }

    @Override
    public InetSocketAddress remote() {
      return asker.remote();
    }

    @Override
    public String clientAddress() {
      return asker.clientAddress();
    }

    @Override
    public InetSocketAddress local() {
      return asker.local();
    }

    @Override
    public boolean secure() {
      return asker.secure();
    }

    @Override
    public List<X509Certificate> clientCertificates() {
      return List.of();
    }

    @Override
    public Duration remaining() {
      return PATIENCE;
    }
  }
}
