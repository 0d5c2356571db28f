package io.sallyport.authprovider.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.authprovider.certificate.internal.MapSettings;
import io.sallyport.authprovider.certificate.internal.NamedUsers;
import io.sallyport.authprovider.certificate.internal.StandardContext;
import io.sallyport.spi.AuthenticationProviderFactory;
import io.sallyport.spi.NamedUserstore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CertificateAuthenticationFactoryTest {

  private static final List<NamedUserstore> STORES =
      List.of(new NamedUserstore("services", NamedUsers.of("jobs")));

  @Test
  void isDeclaredToTheServiceLoaderOnTheModulePathAndOnTheClassPath() throws IOException {
    String service = AuthenticationProviderFactory.class.getName();
    String factory = CertificateAuthenticationFactory.class.getName();

    assertThat(
            CertificateAuthenticationFactory.class.getModule().getDescriptor().provides())
        .anySatisfy(provides -> {
          assertThat(provides.service()).isEqualTo(service);
          assertThat(provides.providers()).containsExactly(factory);
        });
    try (InputStream declared = CertificateAuthenticationFactory.class.getResourceAsStream(
        "/META-INF/services/" + service)) {
      assertThat(declared).asString(StandardCharsets.UTF_8).isEqualToIgnoringNewLines(factory);
    }
    assertThat(new CertificateAuthenticationFactory().name()).isEqualTo("certificate");
  }

  @Test
  void someWayFromCertificatesToUsersIsNeeded() {
    assertThat(problems(Map.of())).singleElement().asString().contains("user_from");
    assertThat(problems(Map.of("mappings", List.of())))
        .singleElement()
        .asString()
        .contains("user_from");
  }

  @Test
  void aUserstoreIsNeeded() {
    var settings = new MapSettings(Map.of("user_from", "subject_cn"));

    new CertificateAuthenticationFactory()
        .create(settings, new StandardContext(InstantSource.system(), List.of()));

    assertThat(settings.problems()).singleElement().asString().contains("there is none");
  }

  @Test
  void aSubjectIsADistinguishedNameThatACertificateCanHave() {
    for (String subject :
        List.of("jobs", "", "CN=", "/O=Example/CN=jobs", "CN=a\\00b", "CN=a,", "CN=a+CN=a")) {
      assertThat(problemsOfMapping(Map.of("subject", subject, "user", "jobs")))
          .as(subject)
          .singleElement()
          .asString()
          .startsWith("subject: expected a distinguished name");
    }
    assertThat(problemsOfMapping(Map.of("subject", "O = Example, CN = jobs", "user", "jobs")))
        .isEmpty();
  }

  @Test
  void anAlternativeNameIsWholeAndHasNoWildcard() {
    for (String name : List.of("*.internal", "", "a b", "jobs\u00e9.internal")) {
      assertThat(problemsOfMapping(Map.of("san_dns", name, "user", "jobs")))
          .as(name)
          .singleElement()
          .asString()
          .startsWith("san_dns: expected the whole name");
    }
  }

  @Test
  void aMappingHasOneNameAndAUser() {
    assertThat(problemsOfMapping(Map.of("user", "jobs")))
        .containsExactly("expected exactly one of subject, san_dns, san_uri, san_email");
    assertThat(problemsOfMapping(Map.of("user", "jobs", "san_dns", "a", "san_uri", "b")))
        .containsExactly("expected exactly one of subject, san_dns, san_uri, san_email");
    assertThat(problemsOfMapping(Map.of("user", "jobs", "san_ip", "10.0.0.1")))
        .contains("san_ip: unknown key");
    assertThat(problemsOfMapping(Map.of("san_dns", "a", "user", "a\nb")))
        .singleElement()
        .asString()
        .startsWith("user: expected 1 to 256");
  }

  @Test
  void aNameIsMappedOnce() {
    Map<String, String> jobs = Map.of("subject", "CN=jobs", "user", "jobs");
    Map<String, String> uri = Map.of("san_uri", "spiffe://x/y", "user", "jobs");

    assertThat(problems(Map.of("mappings", List.of(jobs, jobs, uri, uri))))
        .containsExactlyInAnyOrder(
            "subject: expected each name once; an earlier mapping has this one already",
            "san_uri: expected each name once; an earlier mapping has this one already");
  }

  @Test
  void issuersAreDistinguishedNamesAndAtLeastOne() {
    assertThat(problems(Map.of("user_from", "san_uri", "issuers", List.of())))
        .singleElement()
        .asString()
        .contains("at least one issuer");
    assertThat(problems(Map.of("user_from", "san_uri", "issuers", List.of("My CA"))))
        .singleElement()
        .asString()
        .startsWith("issuers: expected a distinguished name");
  }

  @Test
  void anUnknownWayToTheUserIsAProblem() {
    assertThat(problems(Map.of("user_from", "serial")))
        .singleElement()
        .asString()
        .startsWith("user_from: expected one of");
  }

  private static List<String> problemsOfMapping(Map<String, String> mapping) {
    return problems(Map.of("mappings", List.of(mapping)));
  }

  private static List<String> problems(Map<String, Object> properties) {
    var settings = new MapSettings(properties);
    new CertificateAuthenticationFactory()
        .create(settings, new StandardContext(InstantSource.system(), STORES));
    return settings.problems();
  }
}
