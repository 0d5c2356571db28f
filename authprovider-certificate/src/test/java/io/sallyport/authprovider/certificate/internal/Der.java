package io.sallyport.authprovider.certificate.internal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** Writes DER, broken values included. */
final class Der {

  static final int UTF8 = 0x0c;
  static final int PRINTABLE = 0x13;
  static final int T61 = 0x14;
  static final int IA5 = 0x16;
  static final int BMP = 0x1e;

  static final String CN = "550403";
  static final String O = "55040a";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private Der() {}

  static byte[] element(int tag, byte[]... contents) {
    byte[] content = concat(contents);
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else if (content.length < 0x100) {
      out.write(0x81);
      out.write(content.length);
    } else {
      out.write(0x82);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  static byte[] concat(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  static byte[] sequence(byte[]... elements) {
    return element(0x30, elements);
  }

  static byte[] set(byte[]... elements) {
    return element(0x31, elements);
  }

  static byte[] identifier(String digits) {
    return element(0x06, hex(digits));
  }

  static byte[] time(Instant instant) {
    return element(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  /** One attribute of a name. */
  static byte[] attribute(String type, int tag, byte[] value) {
    return sequence(identifier(type), element(tag, value));
  }

  static byte[] attribute(String type, String value) {
    return attribute(type, UTF8, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A name of these attributes, each a part of its own. */
  static byte[] name(byte[]... attributes) {
    byte[][] parts = new byte[attributes.length][];
    for (int i = 0; i < attributes.length; i++) {
      parts[i] = set(attributes[i]);
    }
    return sequence(parts);
  }

  /** An alternative name. */
  static byte[] alternative(int tag, String value) {
    return element(tag, value.getBytes(StandardCharsets.ISO_8859_1));
  }

  static byte[] dns(String value) {
    return alternative(0x82, value);
  }

  static byte[] uri(String value) {
    return alternative(0x86, value);
  }

  static byte[] email(String value) {
    return alternative(0x81, value);
  }
}
