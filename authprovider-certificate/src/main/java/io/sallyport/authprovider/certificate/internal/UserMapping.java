package io.sallyport.authprovider.certificate.internal;

import io.sallyport.api.User;
import io.sallyport.spi.Settings;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which user a certificate stands for: the one whom a mapping gives to one of its names or, where no
 * mapping does, the one whom the certificate itself names in the configured way.
 */
public final class UserMapping {

  static final String EXPECTED_SUBJECT =
      "expected a distinguished name in the form of RFC 4514, such"
          + " as CN=jobs,O=Example; openssl x509 -in FILE -noout -subject -issuer -nameopt RFC2253 shows it";

  private static final String MAPPINGS = "mappings";
  private static final String USER_FROM = "user_from";
  private static final String SUBJECT = "subject";
  private static final String USER = "user";

  private final Map<DistinguishedName, String> bySubject;
  private final Map<NameKind, Map<String, String>> byAlternativeName;
  private final @Nullable NameKind userFrom;

  private UserMapping(Mappings mappings, @Nullable NameKind userFrom) {
    this.bySubject = Map.copyOf(mappings.bySubject);
    this.byAlternativeName = Map.copyOf(mappings.byAlternativeName);
    this.userFrom = userFrom;
  }

  /** Reads {@code mappings} and {@code user_from}. */
  public static UserMapping read(Settings settings) {
    Mappings mappings = new Mappings();
    List<Settings> entries = settings.sections(MAPPINGS);
    entries.forEach(mappings::add);
    NameKind userFrom = settings.has(USER_FROM)
        ? settings.choice(USER_FROM, NameKind.class, NameKind.SUBJECT_CN)
        : null;
    if (entries.isEmpty() && userFrom == null) {
      settings.reject("expected mappings, such as [{subject: 'CN=jobs,O=Example', user: jobs}], or"
          + " user_from, one of subject_cn, san_dns, san_uri, san_email");
    }
    return new UserMapping(mappings, userFrom);
  }

  /**
   * The name of the user.
   *
   * @return empty if the certificate stands for nobody, or for more than one
   * @throws CertificateParsingException if a name that counts cannot be read
   */
  Optional<String> userOf(X509Certificate certificate) throws CertificateParsingException {
    Set<String> mapped = mapped(certificate);
    if (mapped.isEmpty() && userFrom != null) {
      return only(names(certificate, userFrom)).filter(User::isValidName);
    }
    return only(mapped);
  }

  private Set<String> mapped(X509Certificate certificate) throws CertificateParsingException {
    Set<String> users = new HashSet<>();
    if (!bySubject.isEmpty()) {
      addTo(users, bySubject.get(DistinguishedName.of(certificate.getSubjectX500Principal())));
    }
    for (Map.Entry<NameKind, Map<String, String>> kind : byAlternativeName.entrySet()) {
      for (String name : names(certificate, kind.getKey())) {
        addTo(users, kind.getValue().get(name));
      }
    }
    return users;
  }

  private static void addTo(Set<String> users, @Nullable String user) {
    if (user != null) {
      users.add(user);
    }
  }

  private static List<String> names(X509Certificate certificate, NameKind kind)
      throws CertificateParsingException {
    return kind == NameKind.SUBJECT_CN
        ? DistinguishedName.of(certificate.getSubjectX500Principal()).commonNames()
        : AlternativeNames.of(certificate).ofKind(kind);
  }

  private static Optional<String> only(Collection<String> values) {
    return values.size() == 1 ? Optional.of(values.iterator().next()) : Optional.empty();
  }

  /** The mappings that were read so far. */
  private static final class Mappings {

    private final Map<DistinguishedName, String> bySubject = new LinkedHashMap<>();
    private final Map<NameKind, Map<String, String>> byAlternativeName = new HashMap<>();

    void add(Settings entry) {
      String user = entry.text(USER);
      if (!User.isValidName(user)) {
        entry.reject(USER, "expected 1 to 256 characters without control characters");
      }
      int names = 0;
      if (entry.has(SUBJECT)) {
        names++;
        addSubject(entry, user);
      }
      for (NameKind kind : NameKind.ALTERNATIVE) {
        if (entry.has(kind.key())) {
          names++;
          addAlternativeName(entry, kind, user);
        }
      }
      if (names != 1) {
        entry.reject("expected exactly one of subject, san_dns, san_uri, san_email");
      }
    }

    private void addSubject(Settings entry, String user) {
      try {
        DistinguishedName name = DistinguishedName.parse(entry.text(SUBJECT));
        reportSecond(entry, SUBJECT, bySubject.putIfAbsent(name, user));
      } catch (IllegalArgumentException e) {
        entry.reject(SUBJECT, EXPECTED_SUBJECT);
      }
    }

    private void addAlternativeName(Settings entry, NameKind kind, String user) {
      String name = entry.text(kind.key());
      if (!AlternativeNames.isName(name) || name.indexOf('*') >= 0) {
        entry.reject(kind.key(), "expected the whole name: ASCII without blanks, and no wildcard");
        return;
      }
      reportSecond(
          entry,
          kind.key(),
          byAlternativeName.computeIfAbsent(kind, k -> new HashMap<>()).putIfAbsent(name, user));
    }

    private static void reportSecond(Settings entry, String key, @Nullable String earlier) {
      if (earlier != null) {
        entry.reject(key, "expected each name once; an earlier mapping has this one already");
      }
    }
  }
}
