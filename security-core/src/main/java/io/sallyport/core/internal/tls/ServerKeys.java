package io.sallyport.core.internal.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Serves whatever pair is in force at the moment of a handshake.
 *
 * <p>A handshake chooses an alias first and asks for what is behind it then. Each pair has an alias of its
 * own, and the one before is kept, so that no handshake gets the certificate of one and the key of another.
 */
final class ServerKeys extends X509ExtendedKeyManager {

  private final Supplier<PemKeyMaterial> inForce;
  private volatile Known known;

  /** The pair that was chosen last, and the one before it. */
  private record Known(
      long number, PemKeyMaterial pair, @Nullable PemKeyMaterial before) {

    Known then(PemKeyMaterial next) {
      return new Known(number + 1, next, pair);
    }

    @Nullable
    PemKeyMaterial behind(String alias) {
      return alias.equals(alias(number)) ? pair : alias.equals(alias(number - 1)) ? before : null;
    }

    static String alias(long number) {
      return "server-" + number;
    }
  }

  ServerKeys(Supplier<PemKeyMaterial> inForce) {
    this.inForce = inForce;
    this.known = new Known(1, inForce.get(), null);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    Known chosen = newest();
    return chosen.pair().isOf(keyType) ? Known.alias(chosen.number()) : null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return chooseEngineServerAlias(keyType, issuers, null);
  }

  private synchronized Known newest() {
    PemKeyMaterial present = inForce.get();
    if (present != known.pair()) {
      known = known.then(present);
    }
    return known;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    PemKeyMaterial pair = known.behind(alias);
    return pair == null ? null : pair.chain().toArray();
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    PemKeyMaterial pair = known.behind(alias);
    return pair == null ? null : pair.key();
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    String alias = chooseEngineServerAlias(keyType, issuers, null);
    return alias == null ? null : new String[] {alias};
  }

  /** None: a server's pair is not for calling others. */
  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return null;
  }
}
