package io.sallyport.authprovider.certificate.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;

/**
 * Walks over the elements of a DER value. Knows what names in certificates need and refuses the rest: tags
 * and lengths in more ways than one, lengths beyond the end, text that is not in its encoding.
 */
final class DerReader {

  static final int OBJECT_IDENTIFIER = 0x06;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;

  private static final int OCTET_STRING = 0x04;
  private static final int UTF8_STRING = 0x0c;
  private static final int PRINTABLE_STRING = 0x13;
  private static final int IA5_STRING = 0x16;
  private static final int LONG_TAG = 0x1f;
  private static final int LONG_LENGTH = 0x80;
  private static final int BYTE = 0xff;

  private final ByteBuffer der;

  private DerReader(ByteBuffer der) {
    this.der = der;
  }

  /** One element: its tag, and its content, which nobody changes. */
  record Element(int tag, ByteBuffer content) {

    DerReader elements(int expectedTag) throws CertificateParsingException {
      return new DerReader(content(expectedTag));
    }

    ByteBuffer content(int expectedTag) throws CertificateParsingException {
      if (tag != expectedTag) {
        throw new CertificateParsingException("an element of a name is of another type");
      }
      return content.duplicate();
    }

    /** The text of an attribute. Other encodings than these are older, and ambiguous. */
    String text() throws CertificateParsingException {
      return switch (tag) {
        case UTF8_STRING -> decode(content, StandardCharsets.UTF_8);
        case PRINTABLE_STRING, IA5_STRING -> ascii();
        default ->
          throw new CertificateParsingException(
              "a name has text that is neither a UTF8String, a PrintableString nor an IA5String");
      };
    }

    /** The text of an element whose tag does not tell the encoding. */
    String ascii() throws CertificateParsingException {
      return decode(content, StandardCharsets.US_ASCII);
    }
  }

  /** Reads a value that is one element with elements in it. */
  static DerReader sequence(byte[] der) throws CertificateParsingException {
    return only(ByteBuffer.wrap(der)).elements(SEQUENCE);
  }

  /** Reads the value of an extension: the same within an octet string. */
  static DerReader sequenceOfExtension(byte[] der) throws CertificateParsingException {
    return only(only(ByteBuffer.wrap(der)).content(OCTET_STRING)).elements(SEQUENCE);
  }

  private static Element only(ByteBuffer der) throws CertificateParsingException {
    DerReader reader = new DerReader(der);
    Element element = reader.next();
    reader.end();
    return element;
  }

  boolean hasNext() {
    return der.hasRemaining();
  }

  void end() throws CertificateParsingException {
    if (hasNext()) {
      throw new CertificateParsingException("a name has something behind its end");
    }
  }

  Element next() throws CertificateParsingException {
    int tag = octet();
    if ((tag & LONG_TAG) == LONG_TAG) {
      throw new CertificateParsingException("an element of a name is of an unknown type");
    }
    int length = length();
    if (length > der.remaining()) {
      throw truncated();
    }
    ByteBuffer content = der.slice(der.position(), length);
    der.position(der.position() + length);
    return new Element(tag, content);
  }

  private int length() throws CertificateParsingException {
    int first = octet();
    if (first < LONG_LENGTH) {
      return first;
    }
    int octets = first - LONG_LENGTH;
    if (octets < 1 || octets > Short.BYTES) {
      throw new CertificateParsingException(
          "a length in a name is indefinite or beyond 65535 bytes");
    }
    int length = 0;
    for (int i = 0; i < octets; i++) {
      length = (length << Byte.SIZE) | octet();
    }
    if (length < LONG_LENGTH || (octets > 1 && length <= BYTE)) {
      throw new CertificateParsingException("a length in a name is not in its shortest form");
    }
    return length;
  }

  private int octet() throws CertificateParsingException {
    if (!der.hasRemaining()) {
      throw truncated();
    }
    return der.get() & BYTE;
  }

  private static CertificateParsingException truncated() {
    return new CertificateParsingException("a name ends in the middle of an element");
  }

  private static String decode(ByteBuffer bytes, Charset charset)
      throws CertificateParsingException {
    try {
      return charset.newDecoder().decode(bytes.duplicate()).toString();
    } catch (CharacterCodingException e) {
      throw new CertificateParsingException("a name has bytes that are not " + charset);
    }
  }
}
