package io.sallyport.authprovider.certificate.internal;

import java.util.List;
import java.util.Locale;

/** Which name in a certificate stands for a user. */
enum NameKind {
  /** The only {@code CN} of the subject. */
  SUBJECT_CN,
  /** An alternative name that is the name of a host. */
  SAN_DNS,
  /** An alternative name that is a URI, such as a SPIFFE ID. */
  SAN_URI,
  /** An alternative name that is an address of mail. */
  SAN_EMAIL;

  /** Those that a mapping may name; for the subject it names the whole. */
  static final List<NameKind> ALTERNATIVE = List.of(SAN_DNS, SAN_URI, SAN_EMAIL);

  private final String key = name().toLowerCase(Locale.ROOT);

  /** As it is written in the configuration. */
  String key() {
    return key;
  }
}
