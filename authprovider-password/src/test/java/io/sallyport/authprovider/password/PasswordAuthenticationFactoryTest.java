package io.sallyport.authprovider.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.Challenge;
import io.sallyport.api.Profile;
import io.sallyport.api.Secret;
import io.sallyport.authprovider.password.internal.MapSettings;
import io.sallyport.authprovider.password.internal.TestContext;
import io.sallyport.authprovider.password.internal.TestRequest;
import io.sallyport.authprovider.password.internal.TestUserstore;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.AuthenticationProviderFactory;
import io.sallyport.spi.NamedUserstore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordAuthenticationFactoryTest {

  private final TestUserstore users = new TestUserstore();
  private final TestContext context =
      new TestContext(Profile.STANDARD, List.of(new NamedUserstore("main", users)));

  @Test
  void isDeclaredToTheServiceLoaderOnTheModulePathAndOnTheClassPath() throws IOException {
    String service = AuthenticationProviderFactory.class.getName();
    String factory = PasswordAuthenticationFactory.class.getName();

    assertThat(PasswordAuthenticationFactory.class.getModule().getDescriptor().provides())
        .anySatisfy(provides -> {
          assertThat(provides.service()).isEqualTo(service);
          assertThat(provides.providers()).containsExactly(factory);
        });
    try (InputStream declared =
        PasswordAuthenticationFactory.class.getResourceAsStream("/META-INF/services/" + service)) {
      assertThat(declared).asString(StandardCharsets.UTF_8).isEqualToIgnoringNewLines(factory);
    }
    assertThat(new PasswordAuthenticationFactory().name()).isEqualTo("password");
  }

  @Test
  void makesAProviderThatChallengesAndAuthenticates() {
    MapSettings settings = new MapSettings(Map.of());
    String hash = PasswordHashes.argon2id().hash(Secret.ofText("secret")).revealText();
    users.add("alice", TestUserstore.stored(hash));

    try (AuthenticationProvider provider = create(settings)) {
      assertThat(settings.problems()).isEmpty();
      assertThat(provider.authenticate(TestRequest.basic("alice", "secret")))
          .isInstanceOf(Authenticated.class);
      assertThat(provider.credentialHeaders()).containsExactly("Authorization");
      assertThat(provider.challenges(TestRequest.of()))
          .containsExactly(
              new Challenge.Header("Basic", Map.of("realm", "Sallyport", "charset", "UTF-8")));
    }
  }

  @Test
  void namesTheRealmBeforeTheCharset() {
    try (AuthenticationProvider provider = create(new MapSettings(Map.of("realm", "My \"app\"")))) {
      Challenge.Header header =
          (Challenge.Header) provider.challenges(TestRequest.of()).get(0);

      assertThat(header.parameters().entrySet())
          .containsExactly(Map.entry("realm", "My \"app\""), Map.entry("charset", "UTF-8"));
    }
  }

  @Test
  void leavesTheChallengeOutWhereItIsSwitchedOff() {
    try (AuthenticationProvider provider = create(new MapSettings(Map.of("challenge", false)))) {
      assertThat(provider.challenges(TestRequest.of())).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "line\nbreak", "Büro", "\u007f"})
  void refusesARealmThatNoHeaderCanHold(String realm) {
    MapSettings settings = new MapSettings(Map.of("realm", realm));

    create(settings).close();

    assertThat(settings.problems()).singleElement().asString().startsWith("realm: ");
  }

  @Test
  void refusesALongRealmFromOneCharacterAboveTheLimitOn() {
    MapSettings longest = new MapSettings(Map.of("realm", "r".repeat(128)));
    MapSettings longer = new MapSettings(Map.of("realm", "r".repeat(129)));

    create(longest).close();
    create(longer).close();

    assertThat(longest.problems()).isEmpty();
    assertThat(longer.problems()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "7168, 5, 1, true",
    "7167, 6, 1, false",
    "7168, 4, 1, false",
    "35840, 1, 1, true",
    "35839, 1, 1, false",
    "19456, 2, 64, true",
    "19456, 2, 65, false",
    "1048577, 1, 1, false",
    "7168, 101, 1, false"
  })
  void takesCostsBetweenTheWeakestAndTheDearestThatAreSane(
      int memory, int iterations, int parallelism, boolean good) {
    MapSettings argon2 = new MapSettings(
        Map.of("memory_kib", memory, "iterations", iterations, "parallelism", parallelism));
    MapSettings settings = new MapSettings(Map.of("argon2", argon2));

    create(settings).close();

    assertThat(settings.problems().isEmpty()).isEqualTo(good);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, true",
    "256, 100000, true",
    "0, 1, false",
    "257, 1, false",
    "1, 0, false",
    "1, 100001, false"
  })
  void takesAPoolOfSaneSize(int threads, int queue, boolean good) {
    MapSettings hashing = new MapSettings(Map.of("threads", threads, "queue", queue));
    MapSettings settings = new MapSettings(Map.of("hashing", hashing));

    create(settings).close();

    assertThat(settings.problems().isEmpty()).isEqualTo(good);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "1000000, true", "0, false", "1000001, false"})
  void takesACacheOfSaneSize(int entries, boolean good) {
    MapSettings settings =
        new MapSettings(Map.of("cache", new MapSettings(Map.of("entries", entries))));

    create(settings).close();

    assertThat(settings.problems().isEmpty()).isEqualTo(good);
  }

  @ParameterizedTest
  @CsvSource({"PT1S, true", "PT1H, true", "PT0.999S, false", "PT1H0.001S, false"})
  void remembersForASaneTime(Duration maxAge, boolean good) {
    MapSettings settings =
        new MapSettings(Map.of("cache", new MapSettings(Map.of("max_age", maxAge))));

    create(settings).close();

    assertThat(settings.problems().isEmpty()).isEqualTo(good);
  }

  @Test
  void takesNoWordForTheCacheButOff() {
    MapSettings off = new MapSettings(Map.of("cache", "off"));
    MapSettings none = new MapSettings(Map.of("cache", "none"));

    create(off).close();
    create(none).close();

    assertThat(off.problems()).isEmpty();
    assertThat(none.problems())
        .containsExactly("cache: expected off, or a section with entries and max_age");
  }

  @ParameterizedTest
  @CsvSource({
    "64, 65536, true",
    "63, 65536, false",
    "64, 65537, false",
    "19, 8, true",
    "18, 8, false"
  })
  void wantsMemoryForTheDearestHashThatIsAccepted(int memoryMib, int limitKib, boolean good) {
    MapSettings hashing = new MapSettings(Map.of("memory_mib", memoryMib));
    MapSettings limits = new MapSettings(Map.of("memory_kib", limitKib));
    MapSettings settings = new MapSettings(Map.of("hashing", hashing, "limits", limits));

    create(settings).close();

    assertThat(settings.problems().isEmpty()).isEqualTo(good);
  }

  @Test
  void wantsAUserstore() {
    MapSettings settings = new MapSettings(Map.of());

    new PasswordAuthenticationFactory()
        .create(settings, new TestContext(Profile.STANDARD, List.of()))
        .close();

    assertThat(settings.problems()).singleElement().asString().contains("no userstore");
  }

  private AuthenticationProvider create(MapSettings settings) {
    return new PasswordAuthenticationFactory().create(settings, context);
  }
}
