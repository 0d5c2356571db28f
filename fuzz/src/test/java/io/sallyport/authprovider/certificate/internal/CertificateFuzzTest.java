package io.sallyport.authprovider.certificate.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Profile;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.User;
import io.sallyport.authprovider.certificate.CertificateAuthenticationFactory;
import io.sallyport.core.internal.config.ConfigurationDocument;
import io.sallyport.core.internal.config.Problems;
import io.sallyport.core.internal.config.ReadOptions;
import io.sallyport.fuzz.Bounds;
import io.sallyport.fuzz.Mutants;
import io.sallyport.fuzz.OneUser;
import io.sallyport.fuzz.Request;
import io.sallyport.fuzz.Scratch;
import io.sallyport.spi.AuthenticationProvider;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Certificates in any state that a TLS library may hand on: a result, and yes only where the JDK reads
 * the mapped name in them too. What it does not read as a certificate is given to our own readers of its
 * parts: a value, or a {@link CertificateParsingException}.
 */
class CertificateFuzzTest {

  private static final String USER = "jobs.example.org";
  private static final X500Principal SUBJECT = new X500Principal("CN=jobs.example.org,O=Example");
  private static final Instant NOW = Instant.parse("2027-01-15T08:00:00Z");
  private static final AuthenticationProvider BY_SUBJECT =
      provider("mappings: [{subject: 'CN=jobs.example.org,O=Example', user: jobs.example.org}]");
  private static final AuthenticationProvider BY_HOST = provider("user_from: san_dns");

  private static AuthenticationProvider provider(String settings) {
    User user = User.builder("u-1", USER).build(SecurityStamp.of("u-1", new byte[0], true, null));
    var problems = new Problems();
    AuthenticationProvider provider = new CertificateAuthenticationFactory()
        .create(
            ConfigurationDocument.read(
                new Scratch().write("properties.yaml", settings.getBytes(UTF_8)),
                ReadOptions.data(),
                problems),
            new OneUser(user, Profile.STANDARD, NOW));
    assertThat(problems.list()).isEmpty();
    return provider;
  }

  @DictionaryFile(resourcePath = "CertificateFuzzTest.dict")
  @FuzzTest
  void standForNobodyElse(byte[] input) {
    Bounds.SMALL.check(() -> {
      checkParts(input);
      X509Certificate certificate;
      try {
        certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(input));
      } catch (CertificateException noCertificate) {
        return;
      }
      check(certificate);
    });
  }

  @Test
  void holdsForMutants() {
    Mutants.of(CertificateFuzzTest.class).check(5_000, this::standForNobodyElse);
  }

  private static void checkParts(byte[] input) {
    try {
      assertThat(AlternativeNames.read(input)).isNotNull();
    } catch (CertificateParsingException documented) {
      assertThat(documented.getMessage()).isNotBlank();
    }
    try {
      assertThat(DistinguishedName.read(input)).isNotNull();
    } catch (CertificateParsingException documented) {
      assertThat(documented.getMessage()).isNotBlank();
    }
  }

  private static void check(X509Certificate certificate) {
    if (ask(BY_SUBJECT, certificate)) {
      assertThat(certificate.getSubjectX500Principal()).isEqualTo(SUBJECT);
    }
    if (ask(BY_HOST, certificate)) {
      assertThat(hosts(certificate)).containsExactly(USER);
    }
  }

  private static boolean ask(AuthenticationProvider provider, X509Certificate certificate) {
    Request request = new Request(Map.of(), List.of(certificate));
    AuthenticationResult result = provider.authenticate(request);

    assertThat(provider.isPresented(request)).isTrue();
    if (result instanceof Authenticated) {
      assertThat(NOW)
          .isBetween(
              certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
      assertThat(certificate.getBasicConstraints()).isNegative();
      return true;
    }
    assertThat(result).isInstanceOf(Rejected.class);
    return false;
  }

  private static List<Object> hosts(X509Certificate certificate) {
    Collection<List<?>> names = namesByTheJdk(certificate);
    if (names == null) {
      // the host's name is there all the same
      String extension = new String(certificate.getExtensionValue("2.5.29.17"), ISO_8859_1);
      return Pattern.compile("\\x82\\x10([!-~]{16})")
          .matcher(extension)
          .results()
          .<Object>map(name -> name.group(1))
          .toList();
    }
    return names.stream()
        .filter(name -> name.get(0).equals(2))
        .<Object>map(name -> name.get(1))
        .toList();
  }

  /** The JDK gives up on all names where a URI among them is none: JDK 17 in silence, later ones aloud. */
  private static @Nullable Collection<List<?>> namesByTheJdk(X509Certificate certificate) {
    try {
      return certificate.getSubjectAlternativeNames();
    } catch (CertificateParsingException e) {
      return null;
    }
  }
}
