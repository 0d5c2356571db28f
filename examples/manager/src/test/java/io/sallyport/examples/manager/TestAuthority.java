package io.sallyport.examples.manager;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.security.auth.x500.X500Principal;

/** An authority that makes certificates for the tests, with keys that live as long as these. */
final class TestAuthority {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String ECDSA_WITH_SHA256 = "2a8648ce3d040302";
  private static final String BASIC_CONSTRAINTS = "551d13";
  private static final String KEY_USAGE = "551d0f";
  private static final String EXTENDED_KEY_USAGE = "551d25";
  private static final String ALTERNATIVE_NAMES = "551d11";
  private static final String SERVERS = "2b06010505070301";
  private static final String CLIENTS = "2b06010505070302";

  private final X500Principal name;
  private final KeyPair keys = keys();
  private final X509Certificate certificate;

  TestAuthority(String name) {
    this.name = new X500Principal(name);
    this.certificate = sign(
        this.name,
        keys,
        Instant.now().minus(Duration.ofDays(1)),
        Instant.now().plus(Duration.ofDays(1)),
        extension(BASIC_CONSTRAINTS, element(0x30, element(0x01, new byte[] {-1}))),
        extension(KEY_USAGE, element(0x03, new byte[] {0, 0x06})));
  }

  /** A certificate and its key. */
  record Issued(PrivateKey key, X509Certificate certificate) {

    String keyPem() {
      return pem("PRIVATE KEY", key.getEncoded());
    }

    String certificatePem() {
      return TestAuthority.certificatePem(certificate);
    }

    /** A server that shows this certificate, to clients that need show none. */
    SSLContext server() {
      try {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", key, new char[0], new X509Certificate[] {certificate});
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
      } catch (GeneralSecurityException | java.io.IOException e) {
        throw new IllegalStateException(e);
      }
    }

    /** A client that shows this certificate, whether or not the server says that it knows the issuer. */
    SSLContext client(TestAuthority trusted) {
      return context(new KeyManager[] {new Insisting(key, certificate)}, trusted);
    }
  }

  /** A client without a certificate. */
  SSLContext clientWithoutCertificate() {
    return context(new KeyManager[0], this);
  }

  String certificatePem() {
    return certificatePem(certificate);
  }

  Issued server() {
    byte[] names = element(0x30, element(0x87, new byte[] {127, 0, 0, 1}), text(0x82, "localhost"));
    return issue("CN=localhost", Instant.now().plus(Duration.ofDays(1)), SERVERS, names);
  }

  Issued client(String subject, String uri, Instant to) {
    return issue(subject, to, CLIENTS, element(0x30, text(0x86, uri)));
  }

  private Issued issue(String subject, Instant to, String purpose, byte[] names) {
    KeyPair own = keys();
    X509Certificate issued = sign(
        new X500Principal(subject),
        own,
        to.minus(Duration.ofDays(2)),
        to,
        extension(BASIC_CONSTRAINTS, element(0x30)),
        extension(KEY_USAGE, element(0x03, new byte[] {0, (byte) 0x80})),
        extension(EXTENDED_KEY_USAGE, element(0x30, identifier(purpose))),
        extension(ALTERNATIVE_NAMES, names));
    return new Issued(own.getPrivate(), issued);
  }

  private X509Certificate sign(
      X500Principal subject, KeyPair of, Instant from, Instant to, byte[]... extensions) {
    byte[] algorithm = element(0x30, identifier(ECDSA_WITH_SHA256));
    byte[] body = element(
        0x30,
        element(0xa0, element(0x02, new byte[] {2})),
        element(0x02, new BigInteger(63, new SecureRandom()).add(BigInteger.ONE).toByteArray()),
        algorithm,
        name.getEncoded(),
        element(0x30, text(0x18, TIME.format(from)), text(0x18, TIME.format(to))),
        subject.getEncoded(),
        of.getPublic().getEncoded(),
        element(0xa3, element(0x30, extensions)));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(body);
      byte[] der = element(0x30, body, algorithm, element(0x03, new byte[] {0}, signature.sign()));
      return (X509Certificate) CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext context(KeyManager[] own, TestAuthority trusted) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("authority", trusted.certificate);
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String certificatePem(X509Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String kind, byte[] der) {
    return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der)
        + "\n-----END " + kind + "-----\n";
  }

  private static byte[] extension(String identifier, byte[] value) {
    return element(0x30, identifier(identifier), element(0x04, value));
  }

  private static byte[] identifier(String digits) {
    return element(0x06, HexFormat.of().parseHex(digits));
  }

  private static byte[] text(int tag, String value) {
    return element(tag, value.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] element(int tag, byte[]... contents) {
    var content = new ByteArrayOutputStream();
    for (byte[] part : contents) {
      content.writeBytes(part);
    }
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.size() < 0x80) {
      out.write(content.size());
    } else if (content.size() < 0x100) {
      out.write(0x81);
      out.write(content.size());
    } else {
      out.write(0x82);
      out.write(content.size() >> 8);
      out.write(content.size());
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  /** Shows its certificate to whoever asks for one. */
  private static final class Insisting extends X509ExtendedKeyManager {

    private final PrivateKey key;
    private final X509Certificate certificate;

    Insisting(PrivateKey key, X509Certificate certificate) {
      this.key = key;
      this.certificate = certificate;
    }

    @Override
    public String chooseEngineClientAlias(String[] kinds, Principal[] issuers, SSLEngine engine) {
      return "own";
    }

    @Override
    public String chooseClientAlias(String[] kinds, Principal[] issuers, Socket socket) {
      return "own";
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[] {certificate};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return key;
    }

    @Override
    public String[] getClientAliases(String kind, Principal[] issuers) {
      return new String[] {"own"};
    }

    @Override
    public String[] getServerAliases(String kind, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseServerAlias(String kind, Principal[] issuers, Socket socket) {
      throw new UnsupportedOperationException("a client");
    }
  }
}
