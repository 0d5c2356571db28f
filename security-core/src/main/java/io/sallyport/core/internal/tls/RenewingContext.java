package io.sallyport.core.internal.tls;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes engines from a context that is replaced whenever the pair or the authorities are. A client that
 * resumes a session is not asked for its certificate again, and there is no other way to make Java forget
 * the sessions of clients whose authority is trusted no longer: their tickets are with the clients.
 *
 * <p>Server sockets stay with the context of their making. They present the pair that is in force and trust
 * the authorities in force, yet may resume sessions from before.
 */
final class RenewingContext extends SSLContextSpi {

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /** How long a client is taken at its word for the certificate that it has shown. */
  private static final int SECONDS_OF_CLIENT_SESSIONS = 300;

  private final Supplier<PemKeyMaterial> pair;
  private final Supplier<ClientAuthorities> authorities;
  private final TrustManager[] trust;
  private volatile Inner inner;

  /** A context, and what was in force when it was made. */
  private record Inner(PemKeyMaterial pair, ClientAuthorities authorities, SSLContext context) {

    boolean isOf(PemKeyMaterial otherPair, ClientAuthorities otherAuthorities) {
      return pair == otherPair && authorities.equals(otherAuthorities);
    }
  }

  RenewingContext(
      Supplier<PemKeyMaterial> pair, Supplier<ClientAuthorities> authorities, InstantSource clock) {
    this.pair = pair;
    this.authorities = authorities;
    this.trust = new TrustManager[] {new ClientTrust(authorities, clock)};
    this.inner = make(pair.get(), authorities.get());
  }

  /** Its engines keep the pair: a handshake asks for it more than once, and must not see two of them. */
  private Inner make(PemKeyMaterial presentPair, ClientAuthorities presentAuthorities) {
    return new Inner(
        presentPair, presentAuthorities, context(() -> presentPair, presentAuthorities));
  }

  private SSLContext context(
      Supplier<PemKeyMaterial> served, ClientAuthorities presentAuthorities) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new ServerKeys(served)}, trust, null);
      if (!presentAuthorities.certificates().isEmpty()) {
        context.getServerSessionContext().setSessionTimeout(SECONDS_OF_CLIENT_SESSIONS);
      }
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot serve TLS", e);
    }
  }

  /** Two threads may both make one; each is as good as the other. */
  private SSLContext present() {
    PemKeyMaterial presentPair = pair.get();
    ClientAuthorities presentAuthorities = authorities.get();
    Inner known = inner;
    if (!known.isOf(presentPair, presentAuthorities)) {
      known = make(presentPair, presentAuthorities);
      inner = known;
    }
    return known.context();
  }

  Provider provider() {
    return inner.context().getProvider();
  }

  @Override
  protected void engineInit(
      KeyManager @Nullable [] ownKeys,
      TrustManager @Nullable [] ownTrust,
      @Nullable SecureRandom random) {
    throw new IllegalStateException("this context is ready for use");
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return limited(present().createSSLEngine());
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    return limited(present().createSSLEngine(host, port));
  }

  /** Before anything else of the container's: a JDK may have been told to speak older versions. */
  private static SSLEngine limited(SSLEngine engine) {
    engine.setUseClientMode(false);
    engine.setEnabledProtocols(PROTOCOLS);
    return engine;
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    return new LimitedServerSockets(
        context(pair, authorities.get()).getServerSocketFactory(), PROTOCOLS);
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    throw new UnsupportedOperationException("this context is for servers, and calls nobody");
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return present().getServerSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return present().getClientSessionContext();
  }

  @Override
  protected SSLParameters engineGetDefaultSSLParameters() {
    return limited(present().getDefaultSSLParameters());
  }

  @Override
  protected SSLParameters engineGetSupportedSSLParameters() {
    return limited(present().getSupportedSSLParameters());
  }

  private static SSLParameters limited(SSLParameters parameters) {
    parameters.setProtocols(PROTOCOLS);
    return parameters;
  }
}
