package io.sallyport.authprovider.token.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.Evidence;
import io.sallyport.api.Profile;
import io.sallyport.api.TokenRequest;
import io.sallyport.api.User;
import io.sallyport.authprovider.token.SignedTokenAuthenticationFactory;
import io.sallyport.authprovider.token.SignedTokenGeneratorFactory;
import io.sallyport.authprovider.token.internal.HeaderFields;
import io.sallyport.authprovider.token.internal.MapSettings;
import io.sallyport.authprovider.token.internal.MapStore;
import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.ConfigurationFiles;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.TokenGenerator;
import io.sallyport.spi.TokenStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Provider and generator, as their factories make them, while the time and the file go on. */
final class KeyRotationTest {

  private final User lena = Samples.user("u-lena", "1");
  private Instant now = Samples.NOW;

  @ParameterizedTest
  @CsvSource({"ES256,EdDSA", "HS256,ES384", "RS256,HS512", "PS256,ES256"})
  void aNewKeySignsFromItsTimeOnAndTheOldOneVerifiesUntilItsEnd(String first, String second) {
    Instant change = now.plusSeconds(300);
    Map<String, Object> old =
        entry("old", first, now.minusSeconds(60), change, change.plusSeconds(400));
    Map<String, Object> next = entry(
        "new", second, change, change.plus(Duration.ofDays(90)), change.plus(Duration.ofDays(91)));
    Host host = new Host(List.of(old, next));

    now = change.minusSeconds(1);
    String before = host.token();
    now = change;
    String after = host.token();

    assertThat(header(before)).contains("\"kid\":\"old\"", "\"alg\":\"" + first + "\"");
    assertThat(header(after)).contains("\"kid\":\"new\"", "\"alg\":\"" + second + "\"");
    assertThat(host.accepts(before)).isTrue();
    assertThat(host.accepts(after)).isTrue();
    now = change.plusSeconds(399);
    assertThat(host.accepts(before)).isTrue();
    now = change.plusSeconds(400);
    assertThat(host.accepts(before)).isFalse();
    assertThat(host.accepts(after)).isTrue();
  }

  @Test
  void aTokenWithTheNameOfAnotherKeyIsRefused() {
    Instant end = now.plus(Duration.ofDays(1));
    Host ours = new Host(List.of(entry("k", "ES256", now, end, end)));
    Host others = new Host(List.of(entry("k", "ES256", now, end, end)));
    Host symmetric = new Host(List.of(entry("k", "HS256", now, end, end)));

    assertThat(ours.accepts(ours.token())).isTrue();
    assertThat(ours.accepts(others.token())).isFalse();
    assertThat(ours.accepts(symmetric.token())).isFalse();
    assertThat(symmetric.accepts(ours.token())).isFalse();
  }

  @Test
  void aKeyThatIsTakenOutEndsItsTokensThoughTheyWereAcceptedBefore() {
    Instant end = now.plus(Duration.ofDays(1));
    Host host = new Host(List.of(entry("lost", "ES256", now, end, end)));
    String token = host.token();
    assertThat(host.accepts(token)).isTrue();

    host.providerFiles.replace(Map.of("keys", List.of(entry("fresh", "ES256", now, end, end))));

    assertThat(host.accepts(token)).isFalse();
  }

  private static String header(String token) {
    byte[] header = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
    return new String(header, StandardCharsets.UTF_8);
  }

  private static Map<String, Object> entry(
      String keyId, String algorithm, Instant begin, Instant signUntil, Instant end) {
    String material = switch (algorithm) {
      case "ES256" -> TestKeys.curve(256);
      case "ES384" -> TestKeys.curve(384);
      case "EdDSA" -> TestKeys.ed25519();
      case "RS256", "PS256" -> TestKeys.rsa(2048);
      default -> TestKeys.secret(64);
    };
    return Map.of(
        "kid",
        keyId,
        "algorithm",
        algorithm,
        "key",
        material,
        "not_before",
        begin.toString(),
        "sign_until",
        signUntil.toString(),
        "verify_until",
        end.toString());
  }

  private final class Host {

    final HeldFiles providerFiles;
    private final AuthenticationProvider provider;
    private final TokenGenerator generator;

    Host(List<Map<String, Object>> keys) {
      providerFiles = new HeldFiles(Map.of("keys", keys));
      var settings = Map.<String, Object>of("keys", "keys.yaml", "crypto_provider", "jdk");
      provider = new SignedTokenAuthenticationFactory()
          .create(new MapSettings(settings), new Context(providerFiles, () -> now));
      generator = new SignedTokenGeneratorFactory()
          .create(
              new MapSettings(settings),
              new Context(new HeldFiles(Map.of("keys", keys)), () -> now));
    }

    String token() {
      return generator
          .generate(Samples.identity(lena, Evidence.of("password", now)), TokenRequest.defaults())
          .value()
          .revealText();
    }

    boolean accepts(String token) {
      return provider.authenticate(HeaderFields.of("Authentication-Token", token))
          instanceof Authenticated;
    }
  }

  private final class Context implements ProviderContext {

    private final ConfigurationFiles files;
    private final InstantSource clock;

    Context(ConfigurationFiles files, InstantSource clock) {
      this.files = files;
      this.clock = clock;
    }

    @Override
    public String name() {
      return "token";
    }

    @Override
    public Profile profile() {
      return Profile.STANDARD;
    }

    @Override
    public InstantSource clock() {
      return clock;
    }

    @Override
    public List<NamedUserstore> userstores() {
      return List.of(new NamedUserstore("main", new MapStore().with(lena)));
    }

    @Override
    public LoginAttempts loginAttempts() {
      throw new AssertionError("keys are not guessed");
    }

    @Override
    public Optional<TokenStore> tokenStore() {
      return Optional.empty();
    }

    @Override
    public ConfigurationFiles files() {
      return files;
    }
  }
}
