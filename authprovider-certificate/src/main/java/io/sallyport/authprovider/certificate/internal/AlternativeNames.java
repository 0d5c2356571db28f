package io.sallyport.authprovider.certificate.internal;

import io.sallyport.authprovider.certificate.internal.DerReader.Element;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The subject's alternative names of the kinds that stand for users. Read from the extension itself, so
 * that one that the JDK cannot read is an error and not the same as none.
 */
final class AlternativeNames {

  private static final String EXTENSION = "2.5.29.17";
  private static final Map<Integer, NameKind> KINDS =
      Map.of(0x81, NameKind.SAN_EMAIL, 0x82, NameKind.SAN_DNS, 0x86, NameKind.SAN_URI);

  /** otherName, x400Address, directoryName, ediPartyName, iPAddress, registeredID: nobody's user here. */
  private static final Set<Integer> OTHER_KINDS = Set.of(0xa0, 0xa3, 0xa4, 0xa5, 0x87, 0x88);

  private final Map<NameKind, List<String>> names;

  private AlternativeNames(Map<NameKind, List<String>> names) {
    this.names = names;
  }

  static AlternativeNames of(X509Certificate certificate) throws CertificateParsingException {
    byte[] extension = certificate.getExtensionValue(EXTENSION);
    return extension == null ? new AlternativeNames(Map.of()) : read(extension);
  }

  static AlternativeNames read(byte[] extension) throws CertificateParsingException {
    Map<NameKind, List<String>> names = new EnumMap<>(NameKind.class);
    DerReader all = DerReader.sequenceOfExtension(extension);
    while (all.hasNext()) {
      Element name = all.next();
      NameKind kind = KINDS.get(name.tag());
      if (kind != null) {
        names.computeIfAbsent(kind, k -> new ArrayList<>()).add(text(name));
      } else if (!OTHER_KINDS.contains(name.tag())) {
        throw new CertificateParsingException("an alternative name is of an unknown kind");
      }
    }
    return new AlternativeNames(names);
  }

  private static String text(Element name) throws CertificateParsingException {
    String text = name.ascii();
    if (!isName(text)) {
      throw new CertificateParsingException(
          "an alternative name is empty or has blanks or control characters");
    }
    return text;
  }

  /** Whether it is a text that any of these names may be: ASCII without blanks and control characters. */
  static boolean isName(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  List<String> ofKind(NameKind kind) {
    return names.getOrDefault(kind, List.of());
  }
}
