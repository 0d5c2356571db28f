package io.sallyport.core.internal.tls;

import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A client that takes whatever certificate a server shows, remembers it, and shows its own whether the
 * server's authorities fit or not. Handshakes go from memory to memory.
 */
final class TlsClient {

  private static final int ROUNDS = 200;

  private final SSLContext context;
  private final Seen seen = new Seen();

  private TlsClient(KeyManager @Nullable [] keys) throws GeneralSecurityException {
    context = SSLContext.getInstance("TLS");
    context.init(keys, new TrustManager[] {seen}, null);
  }

  static TlsClient withoutCertificate() throws GeneralSecurityException {
    return new TlsClient(null);
  }

  static TlsClient showing(PrivateKey key, X509Certificate... chain)
      throws GeneralSecurityException {
    return new TlsClient(new KeyManager[] {new Shown(key, chain)});
  }

  SSLContext context() {
    return context;
  }

  /** The servers' certificates, one for each handshake that resumed no session. */
  List<X509Certificate> servers() {
    return List.copyOf(seen.servers);
  }

  /** The certificate that a server shows. */
  X509Certificate serverOf(SSLContext server) throws SSLException {
    handshake(server.createSSLEngine());
    return seen.servers.get(seen.servers.size() - 1);
  }

  /**
   * A whole handshake.
   *
   * @return the server's side after it
   * @throws SSLException if either side refuses
   */
  SSLEngine handshake(SSLEngine server) throws SSLException {
    SSLEngine client = context.createSSLEngine("server.example", 443);
    client.setUseClientMode(true);
    pump(client, server);
    return server;
  }

  /** Carries bytes between the two until both are done. */
  static void pump(SSLEngine client, SSLEngine server) throws SSLException {
    ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
    ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
    int quiet = 0;
    for (int round = 0; round < ROUNDS && quiet < 3; round++) {
      step(client, toClient, toServer);
      step(server, toServer, toClient);
      boolean done = isDone(client) && isDone(server);
      quiet = done && toServer.position() == 0 && toClient.position() == 0 ? quiet + 1 : 0;
    }
    if (quiet < 3) {
      throw new AssertionError("the handshake did not end");
    }
  }

  private static boolean isDone(SSLEngine engine) {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }

  private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
    engine.wrap(ByteBuffer.allocate(0), out);
    runTasks(engine);
    in.flip();
    ByteBuffer data = ByteBuffer.allocate(1 << 15);
    int before;
    do {
      before = in.remaining();
      engine.unwrap(in, data);
      runTasks(engine);
    } while (in.hasRemaining() && in.remaining() < before);
    in.compact();
  }

  private static void runTasks(SSLEngine engine) {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  /** Shows one certificate whoever asks for it. */
  private static final class Shown extends X509ExtendedKeyManager {

    private final PrivateKey key;
    private final X509Certificate[] chain;

    Shown(PrivateKey key, X509Certificate[] chain) {
      this.key = key;
      this.chain = chain;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
      return List.of(keyTypes).contains("EC") ? "shown" : null;
    }

    @Override
    public @Nullable String chooseClientAlias(
        String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return chooseEngineClientAlias(keyTypes, issuers, null);
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return chain.clone();
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
      return null;
    }

    @Override
    public @Nullable String chooseServerAlias(
        String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
      return null;
    }
  }

  /** Trusts everybody and remembers whom. */
  private static final class Seen extends X509ExtendedTrustManager {

    private final List<X509Certificate> servers = new ArrayList<>();

    private void remember(X509Certificate[] chain) {
      servers.add(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine e) {
      remember(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket s) {
      remember(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      remember(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine e) {
      throw new AssertionError("a client was asked about a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket s) {
      throw new AssertionError("a client was asked about a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      throw new AssertionError("a client was asked about a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
