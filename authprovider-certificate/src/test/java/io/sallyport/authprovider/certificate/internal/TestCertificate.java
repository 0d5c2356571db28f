package io.sallyport.authprovider.certificate.internal;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** Certificates of all kinds, as an authority might make them that means no good. */
public final class TestCertificate {

  public static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  public static final Instant TO = Instant.parse("2026-12-31T23:59:59Z");
  public static final String ISSUER = "CN=Internal CA,O=Example";

  private static final String ECDSA_WITH_SHA256 = "2a8648ce3d040302";
  private static final KeyPair KEY = key();

  private final List<byte[]> extensions = new ArrayList<>();
  private byte[] subject = new X500Principal("CN=jobs,O=Example").getEncoded();
  private byte[] issuer = new X500Principal(ISSUER).getEncoded();

  /** A certificate of {@code CN=jobs,O=Example} without extensions. */
  public static TestCertificate ofJobs() {
    return new TestCertificate();
  }

  public static TestCertificate of(String subject) {
    return ofJobs().subject(new X500Principal(subject).getEncoded());
  }

  static TestCertificate withSubject(byte[]... attributes) {
    return ofJobs().subject(Der.name(attributes));
  }

  TestCertificate subject(byte[] name) {
    this.subject = name;
    return this;
  }

  TestCertificate issuedBy(String name) {
    this.issuer = new X500Principal(name).getEncoded();
    return this;
  }

  TestCertificate alternativeNames(byte[]... names) {
    return extension("551d11", Der.sequence(names));
  }

  TestCertificate extendedKeyUsage(String... purposes) {
    byte[][] identifiers = new byte[purposes.length][];
    for (int i = 0; i < purposes.length; i++) {
      identifiers[i] = Der.identifier(purposes[i]);
    }
    return extension("551d25", Der.sequence(identifiers));
  }

  TestCertificate keyUsage(int bits) {
    return extension("551d0f", Der.element(0x03, new byte[] {0, (byte) bits}));
  }

  TestCertificate basicConstraints(byte[] value) {
    return extension("551d13", value);
  }

  TestCertificate extension(String identifier, byte[] value) {
    extensions.add(Der.sequence(Der.identifier(identifier), Der.element(0x04, value)));
    return this;
  }

  /** An extension that must be understood. */
  TestCertificate critical(String identifier) {
    extensions.add(Der.sequence(
        Der.identifier(identifier),
        Der.element(0x01, new byte[] {-1}),
        Der.element(0x04, Der.sequence())));
    return this;
  }

  public X509Certificate build() {
    try {
      byte[] algorithm = Der.sequence(Der.identifier(ECDSA_WITH_SHA256));
      byte[] body = Der.sequence(
          Der.element(0xa0, Der.element(0x02, new byte[] {2})),
          Der.element(0x02, new byte[] {17}),
          algorithm,
          issuer,
          Der.sequence(Der.time(FROM), Der.time(TO)),
          subject,
          KEY.getPublic().getEncoded(),
          extensions());
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(KEY.getPrivate());
      signature.update(body);
      byte[] der =
          Der.sequence(body, algorithm, Der.element(0x03, new byte[] {0}, signature.sign()));
      return (X509Certificate) CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] extensions() {
    return extensions.isEmpty()
        ? new byte[0]
        : Der.element(0xa3, Der.sequence(extensions.toArray(byte[][]::new)));
  }

  private static KeyPair key() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
