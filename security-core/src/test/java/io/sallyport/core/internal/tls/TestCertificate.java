package io.sallyport.core.internal.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import javax.security.auth.x500.X500Principal;

/** Makes X.509 certificates (RFC 5280) that are signed by EC keys, good and bad ones. */
final class TestCertificate {

  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_IDENTIFIER = 0x06;
  private static final int UTC_TIME = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int VERSION = 0xa0;
  private static final int EXTENSIONS = 0xa3;
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;

  private static final byte[] TRUE = element(BOOLEAN, new byte[] {-1});
  private static final byte[] ECDSA_WITH_SHA256 =
      element(SEQUENCE, objectIdentifier("1.2.840.10045.4.3.2"));
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private TestCertificate() {}

  /** From when until when. */
  record Validity(Instant from, Instant until) {}

  /** Whose key signs, under which name. */
  record Issuer(X500Principal name, PrivateKey key) {}

  /** An extension; its value in hexadecimal digits. */
  record Extension(String oid, boolean critical, String value) {

    static Extension authority() {
      return new Extension("2.5.29.19", true, hex(element(SEQUENCE, TRUE)));
    }

    /** An authority that may make authorities that make no more of them, and so on. */
    static Extension authority(int pathLength) {
      byte[] length = element(INTEGER, BigInteger.valueOf(pathLength).toByteArray());
      return new Extension("2.5.29.19", true, hex(element(SEQUENCE, TRUE, length)));
    }

    /** The bits of RFC 5280, the first of them 0x80. */
    static Extension usage(int bits) {
      return new Extension("2.5.29.15", true, hex(element(BIT_STRING, new byte[] {0, (byte) bits
      })));
    }

    /** A purpose by its number: 1 servers, 2 clients, 3 code. */
    static Extension purpose(int number) {
      byte[] purpose = objectIdentifier("1.3.6.1.5.5.7.3." + number);
      return new Extension("2.5.29.37", false, hex(element(SEQUENCE, purpose)));
    }

    static Extension dns(String name) {
      return alternative(element(DNS_NAME, name.getBytes(US_ASCII)));
    }

    static Extension loopback() {
      return alternative(element(IP_ADDRESS, new byte[] {127, 0, 0, 1}));
    }

    private static Extension alternative(byte[] name) {
      return new Extension("2.5.29.17", false, hex(element(SEQUENCE, name)));
    }

    private byte[] encoded() {
      byte[] content = element(OCTET_STRING, HexFormat.of().parseHex(value));
      return critical
          ? element(SEQUENCE, objectIdentifier(oid), TRUE, content)
          : element(SEQUENCE, objectIdentifier(oid), content);
    }

    private static String hex(byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
  }

  static X509Certificate make(
      X500Principal subject,
      PublicKey key,
      Issuer issuer,
      Validity validity,
      Extension... extensions)
      throws GeneralSecurityException {
    byte[] toBeSigned = element(
        SEQUENCE,
        element(VERSION, element(INTEGER, new byte[] {2})),
        element(INTEGER, new BigInteger(64, new SecureRandom()).toByteArray()),
        ECDSA_WITH_SHA256,
        issuer.name().getEncoded(),
        element(SEQUENCE, time(validity.from()), time(validity.until())),
        subject.getEncoded(),
        key.getEncoded(),
        extensions(extensions));
    byte[] signed = element(
        SEQUENCE,
        toBeSigned,
        ECDSA_WITH_SHA256,
        element(BIT_STRING, new byte[1], signature(issuer.key(), toBeSigned)));
    return (X509Certificate) CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(signed));
  }

  private static byte[] extensions(Extension... extensions) {
    if (extensions.length == 0) {
      return new byte[0];
    }
    byte[][] encoded = new byte[extensions.length][];
    for (int i = 0; i < extensions.length; i++) {
      encoded[i] = extensions[i].encoded();
    }
    return element(EXTENSIONS, element(SEQUENCE, encoded));
  }

  private static byte[] signature(PrivateKey key, byte[] content) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(content);
    return signature.sign();
  }

  private static byte[] time(Instant instant) {
    return element(UTC_TIME, UTC.format(instant).getBytes(US_ASCII));
  }

  private static byte[] objectIdentifier(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    var content = new ByteArrayOutputStream();
    content.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
    for (int i = 2; i < arcs.length; i++) {
      int arc = Integer.parseInt(arcs[i]);
      for (int shift = 28; shift > 0; shift -= 7) {
        if (arc >>> shift != 0) {
          content.write(0x80 | (arc >>> shift & 0x7f));
        }
      }
      content.write(arc & 0x7f);
    }
    return element(OBJECT_IDENTIFIER, content.toByteArray());
  }

  private static byte[] element(int tag, byte[]... contents) {
    var content = new ByteArrayOutputStream();
    for (byte[] part : contents) {
      content.writeBytes(part);
    }
    var out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length >= 0x100) {
      out.write(0x82);
      out.write(length >>> 8);
    } else if (length >= 0x80) {
      out.write(0x81);
    }
    out.write(length & 0xff);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
