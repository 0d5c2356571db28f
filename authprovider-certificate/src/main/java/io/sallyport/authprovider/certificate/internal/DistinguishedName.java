package io.sallyport.authprovider.certificate.internal;

import io.sallyport.authprovider.certificate.internal.DerReader.Element;
import java.security.cert.CertificateParsingException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * A subject or issuer, equal to another if types and characters of all attributes are.
 *
 * <p>{@link X500Principal} has an equality of its own, which is not used: it folds case, blanks and
 * compatible characters, so that to it a full-width letter is the usual one, and a full-width comma and
 * equals sign in one attribute can be two attributes.
 *
 * @param parts the relative names in the order of the certificate, each usually of one attribute
 */
record DistinguishedName(List<Set<Attribute>> parts) {

  private static final String COMMON_NAME = "550403";

  /**
   * One attribute.
   *
   * @param type the object identifier as it is encoded, in hexadecimal
   * @param value the text, whichever of the usual encodings it has
   */
  record Attribute(String type, String value) {}

  /**
   * Reads a name as an operator writes it, in the form of RFC 2253 and RFC 4514.
   *
   * @throws IllegalArgumentException if it is no such name, or none that a certificate could have here
   */
  static DistinguishedName parse(String text) {
    try {
      DistinguishedName name = of(new X500Principal(text));
      if (name.parts().isEmpty()) {
        throw new IllegalArgumentException("an empty name");
      }
      return name;
    } catch (CertificateParsingException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  static DistinguishedName of(X500Principal principal) throws CertificateParsingException {
    return read(principal.getEncoded());
  }

  static DistinguishedName read(byte[] der) throws CertificateParsingException {
    List<Set<Attribute>> parts = new ArrayList<>();
    DerReader names = DerReader.sequence(der);
    while (names.hasNext()) {
      parts.add(part(names.next().elements(DerReader.SET)));
    }
    return new DistinguishedName(List.copyOf(parts));
  }

  private static Set<Attribute> part(DerReader attributes) throws CertificateParsingException {
    Set<Attribute> part = new LinkedHashSet<>();
    while (attributes.hasNext()) {
      if (!part.add(attribute(attributes.next().elements(DerReader.SEQUENCE)))) {
        throw new CertificateParsingException("a name has the same attribute twice in one part");
      }
    }
    if (part.isEmpty()) {
      throw new CertificateParsingException("a name has an empty part");
    }
    return Set.copyOf(part);
  }

  private static Attribute attribute(DerReader pair) throws CertificateParsingException {
    Element type = pair.next();
    Element value = pair.next();
    pair.end();
    var identifier = type.content(DerReader.OBJECT_IDENTIFIER);
    byte[] bytes = new byte[identifier.remaining()];
    identifier.get(bytes);
    return new Attribute(HexFormat.of().formatHex(bytes), VisibleText.of(value.text()));
  }

  /** The values of all attributes {@code CN}, wherever they stand. */
  List<String> commonNames() {
    return parts.stream()
        .flatMap(Set::stream)
        .filter(attribute -> attribute.type().equals(COMMON_NAME))
        .map(Attribute::value)
        .toList();
  }
}
