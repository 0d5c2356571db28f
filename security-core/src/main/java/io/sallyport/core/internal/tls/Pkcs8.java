package io.sallyport.core.internal.tls;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Wraps a bare RSA key (PKCS#1) as Java wants it (RFC 5958). */
final class Pkcs8 {

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;

  // version 0, then the algorithm: rsaEncryption with NULL parameters
  private static final byte[] RSA_HEADER =
      HexFormat.of().parseHex("020100" + "300d06092a864886f70d0101010500");

  private Pkcs8() {}

  static byte[] ofRsa(byte[] pkcs1) {
    var content = new ByteArrayOutputStream();
    content.writeBytes(RSA_HEADER);
    content.writeBytes(element(OCTET_STRING, pkcs1));
    return element(SEQUENCE, content.toByteArray());
  }

  private static byte[] element(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    writeLength(out, content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < 0x80) {
      out.write(length);
      return;
    }
    int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + Byte.SIZE - 1) / Byte.SIZE;
    out.write(0x80 | bytes);
    for (int i = bytes - 1; i >= 0; i--) {
      out.write(length >>> (i * Byte.SIZE));
    }
  }
}
