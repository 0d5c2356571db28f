package io.sallyport.core.internal.tls;

import io.sallyport.api.Secret;
import io.sallyport.spi.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server's certificate chain and private key, read from PEM files and known to belong together.
 *
 * <p>PKCS#8 keys for RSA, EC and EdDSA and PKCS#1 keys for RSA are read; every other form is refused with
 * the command that converts it.
 *
 * <p><b>Threads.</b> Safe to share.
 */
public final class PemKeyMaterial {

  private static final String ALIAS = "server";

  private final CertificateChain chain;
  private final PrivateKey key;
  private final Secret password;

  private PemKeyMaterial(CertificateChain chain, PrivateKey key) {
    this.chain = chain;
    this.key = key;
    this.password = randomPassword();
  }

  /**
   * Reads and checks both files. What is wrong with either is told at once.
   *
   * @param certificate the chain in PEM form, the server's own certificate first; null if none was named
   * @param key the unencrypted private key in PEM form; null if none was named
   * @param keyMayBeReadableByOthers whether others than the owner may have access to the key's file
   * @param clock tells whether the certificate is valid now
   * @return the pair
   * @throws InvalidSettingsException if the pair cannot be used; the message has one line a problem
   */
  public static PemKeyMaterial read(
      @Nullable Path certificate,
      @Nullable Path key,
      boolean keyMayBeReadableByOthers,
      InstantSource clock) {
    List<String> problems = new ArrayList<>();
    CertificateChain chain =
        readOrNote(problems, () -> CertificateChain.read(certificate, clock.instant()));
    PrivateKey privateKey =
        readOrNote(problems, () -> PrivateKeyFile.read(key, keyMayBeReadableByOthers));
    if (chain == null || privateKey == null) {
      throw new InvalidSettingsException(String.join("\n", problems));
    }
    if (!belongTogether(chain, privateKey)) {
      throw new InvalidSettingsException(
          "The private key [" + key + "] does not belong to the certificate [" + certificate
              + "]; name the pair that was made together, the server's own certificate first");
    }
    return new PemKeyMaterial(chain, privateKey);
  }

  private static <T> @Nullable T readOrNote(List<String> problems, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (InvalidSettingsException e) {
      problems.add(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static boolean belongTogether(CertificateChain chain, PrivateKey key) {
    byte[] challenge = new byte[32];
    new SecureRandom().nextBytes(challenge);
    try {
      Signature signature = Signature.getInstance(signatureAlgorithm(key));
      signature.initSign(key);
      signature.update(challenge);
      byte[] signed = signature.sign();
      signature.initVerify(chain.publicKey());
      signature.update(challenge);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // a key of another algorithm or size
    }
  }

  private static String signatureAlgorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> "EdDSA";
    };
  }

  private static Secret randomPassword() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return Secret.ofText(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
  }

  /**
   * A context that presents the certificate and asks clients for none, with Java's own choice of protocols.
   *
   * @return a new context
   */
  public SSLContext sslContext() {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(keyStore(), password.revealText().toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "this Java cannot serve TLS with a key that it has accepted", e);
    }
  }

  /**
   * A key store that holds the pair, for a container that wants one. It exists in memory only.
   *
   * @return a new store, protected by {@link #keyStorePassword()}
   */
  public KeyStore keyStore() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(ALIAS, key, password.revealText().toCharArray(), chain.toArray());
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java cannot keep a key that it has accepted", e);
    }
  }

  /**
   * What opens the key in {@link #keyStore()}.
   *
   * @return a random password of this process
   */
  public Secret keyStorePassword() {
    return password;
  }

  @Override
  public String toString() {
    return "PemKeyMaterial[" + chain.own().getSubjectX500Principal().getName() + ", until "
        + chain.own().getNotAfter().toInstant() + "]";
  }
}
