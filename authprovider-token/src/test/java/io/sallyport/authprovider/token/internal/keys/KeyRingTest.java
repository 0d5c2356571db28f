package io.sallyport.authprovider.token.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.sallyport.api.Profile;
import io.sallyport.authprovider.token.internal.MapSettings;
import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import io.sallyport.spi.ConfigurationFiles;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyRingTest {

  private static final byte[] MESSAGE = "header.payload".getBytes(StandardCharsets.US_ASCII);

  private Instant now = Instant.parse("2027-01-15T08:00:00Z");

  @Test
  void signsWithTheNewKeyFromItsTimeOnAndVerifiesWithTheOldOneUntilItsEnd() {
    TokenKeys ring = ring(
        key("old", "ES256", TestKeys.curve(256), "2027-01-01", "2027-02-10", "2027-02-11"),
        key("new", "EdDSA", TestKeys.ed25519(), "2027-02-01", "2027-05-01", "2027-05-02"));
    byte[] signature = ring.signing().sign(MESSAGE);
    assertThat(ring.signing().keyId()).isEqualTo("old");
    assertThat(ring.find("new")).isEmpty();

    now = Instant.parse("2027-02-01T00:00:00Z");
    assertThat(ring.signing().keyId()).isEqualTo("new");
    now = Instant.parse("2027-02-10T23:59:59Z");
    assertThat(ring.find("old").orElseThrow().verify(MESSAGE, signature)).isTrue();
    assertThat(ring.find("new").orElseThrow().verify(MESSAGE, signature)).isFalse();
    now = Instant.parse("2027-02-11T00:00:00Z");
    assertThat(ring.find("old")).isEmpty();
  }

  @Test
  void signsWithNothingOnceTheLastKeyHasReachedItsEnd() {
    TokenKeys ring =
        ring(key("k", "ES256", TestKeys.curve(256), "2027-01-01", "2027-02-01", "2027-02-02"));

    now = Instant.parse("2027-02-01T00:00:00Z");

    assertThatThrownBy(ring::signing)
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("no key of keys.yaml signs now");
    assertThat(ring.find("k")).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "HS256,32",
    "HS384,48",
    "HS512,64",
    "RS256,2048",
    "PS256,2048",
    "ES256,256",
    "ES384,384",
    "EdDSA,0"
  })
  void verifiesWhatAKeyOfEachAlgorithmSignsAndNothingElse(String algorithm, int size) {
    TokenKeys ring = ring(key("k", algorithm, material(algorithm, size)));
    TokenKey key = ring.signing();

    byte[] signature = key.sign(MESSAGE);

    assertThat(key.algorithm().header()).isEqualTo(algorithm);
    assertThat(key.verify(MESSAGE, signature)).isTrue();
    assertThat(key.verify("header.other".getBytes(StandardCharsets.US_ASCII), signature))
        .isFalse();
    assertThat(key.verify(MESSAGE, Arrays.copyOf(signature, signature.length - 1)))
        .isFalse();
    assertThat(key.verify(MESSAGE, new byte[signature.length])).isFalse();
    assertThat(key.verify(MESSAGE, new byte[0])).isFalse();
    assertThat(key.toString()).contains("k", algorithm);
  }

  @Test
  void publishesThePublicHalvesOfAsymmetricKeysAheadAndNothingElse() throws Exception {
    TokenKeys ring = ring(
        key("past", "ES256", TestKeys.curve(256), "2026-01-01", "2026-12-01", "2027-01-01"),
        key("rsa", "RS256", TestKeys.rsa(2048)),
        key("symmetric", "HS256", TestKeys.secret(32)),
        key("curve", "ES384", TestKeys.curve(384), "2027-03-01", "2027-06-01", "2027-06-02"),
        key("edwards", "EdDSA", TestKeys.ed25519()));

    String published = ring.publicKeys();

    JWKSet read = JWKSet.parse(published);
    assertThat(read.getKeys())
        .extracting(JWK::getKeyID)
        .containsExactlyInAnyOrder("rsa", "curve", "edwards");
    assertThat(read.getKeys()).noneMatch(JWK::isPrivate);
    for (Map<String, Object> members :
        read.getKeys().stream().map(JWK::toJSONObject).toList()) {
      assertThat(members.keySet())
          .isSubsetOf("kty", "use", "alg", "kid", "crv", "x", "y", "n", "e")
          .contains("kty", "use", "alg", "kid");
    }
  }

  @Test
  void readsTheSetThatItPublishes() {
    TokenKeys ring = ring(key("k", "EdDSA", TestKeys.ed25519()));
    byte[] signature = ring.signing().sign(MESSAGE);

    JwkSet read = JwkSet.read(
        ring.publicKeys(), EnumSet.allOf(JwsAlgorithm.class), Signatures.of(CryptoChoice.JDK));

    assertThat(read.find("k").orElseThrow().verify(MESSAGE, signature)).isTrue();
  }

  @Test
  void keepsTheLastGoodRingWhileTheFileIsBroken() {
    var files = new HeldFiles(file(key("one", "HS256", TestKeys.secret(32))));
    TokenKeys ring = read(files);

    files.replace(file(key("two", "HS256", TestKeys.secret(31))));
    assertThat(ring.signing().keyId()).isEqualTo("one");
    files.replace(file(key("two", "HS256", TestKeys.secret(32))));

    assertThat(ring.signing().keyId()).isEqualTo("two");
    assertThat(ring.find("one")).isEmpty();
    ring.close();
  }

  @Test
  void derivesTheSameKeyFromEveryFormOfAPrivateKey() throws Exception {
    var pair = new RSAKeyGenerator(2048).generate();
    String jwk = pair.toJSONString();
    String pem = TestKeys.pem(pair.toPrivateKey());

    TokenKey one = ring(key("k", "RS256", jwk)).signing();
    TokenKey other = ring(key("k", "RS256", pem)).signing();

    assertThat(one.derivedKey("a").matches(other.derivedKey("a"))).isTrue();
    assertThat(one.derivedKey("a").matches(one.derivedKey("b"))).isFalse();
  }

  @Test
  void takesTheThumbprintForTheNameOfAKeyWithoutOne() throws Exception {
    var pair = new ECKeyGenerator(Curve.P_256).generate();
    while (!pair.computeThumbprint().toString().startsWith("-")) {
      pair = new ECKeyGenerator(Curve.P_256).generate(); // one in 64 begins with a dash
    }
    Map<String, Object> unnamed = key("", "ES256", pair.toJSONString());
    unnamed.remove("kid");

    TokenKeys ring = ring(unnamed);

    assertThat(ring.signing().keyId()).isEqualTo(pair.computeThumbprint().toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "../../etc/passwd",
        "k'; DROP TABLE keys; --",
        "a b",
        "\u00e4",
        ".k",
        "01234567890123456789012345678901234567890123456789012345678901234"
      })
  void refusesOddNames(String keyId) {
    assertRefused("kid: expected 1 to 64 letters", key(keyId, "HS256", TestKeys.secret(32)));
  }

  @Test
  void refusesTwoKeysOfOneName() {
    assertRefused(
        "kid: another key is called so",
        key("k", "HS256", TestKeys.secret(32)),
        key("k", "HS256", TestKeys.secret(32)));
  }

  @Test
  void refusesOneKeyUnderTwoNamesOrForTwoAlgorithms() {
    String secret = TestKeys.secret(64);
    String rsa = TestKeys.rsa(2048);

    assertRefused(
        "the same as that of one", key("one", "HS256", secret), key("two", "HS512", secret));
    assertRefused("the same as that of one", key("one", "RS256", rsa), key("two", "PS256", rsa));
  }

  @ParameterizedTest
  @CsvSource({
    "RS256,ES256",
    "ES256,RS256",
    "ES256,ES384",
    "ES384,ES256",
    "EdDSA,ES256",
    "ES256,EdDSA",
    "RS256,HS256",
    "HS256,ES256",
    "ES256,HS256"
  })
  void refusesAKeyOfAnotherAlgorithm(String written, String algorithm) {
    int size = switch (written) {
      case "RS256" -> 2048;
      case "ES384" -> 384;
      case "ES256" -> 256;
      default -> 32;
    };

    assertRefused("this key ", key("k", algorithm, material(written, size)));
  }

  @Test
  void refusesAPublicKeyAsASecret() throws Exception {
    var pair = new RSAKeyGenerator(2048).generate();
    String der = Base64.getEncoder().encodeToString(pair.toPublicKey().getEncoded());

    assertRefused("is a public or private key", key("k", "HS256", der));
  }

  @Test
  void refusesWeakKeysWithTheRemedy() {
    assertRefused("has 248 bits", key("k", "HS256", TestKeys.secret(31)));
    assertRefused("openssl rand -base64 48", key("k", "HS384", TestKeys.secret(47)));
    assertRefused("has 504 bits", key("k", "HS512", TestKeys.secret(63)));
    assertRefused("sample of a guide", key("k", "HS256", "your-256-bit-secret"));
    assertRefused("1024 bits", key("k", "RS256", TestKeys.rsa(1024)));
  }

  @Test
  void refusesOtherFormsOfPemWithTheRemedy() {
    String pem = TestKeys.curve(256);

    assertRefused(
        "openssl pkcs8 -topk8 -nodes",
        key("k", "ES256", pem.replace("PRIVATE KEY", "EC PRIVATE KEY")));
    assertRefused(
        "encrypted", key("k", "ES256", pem.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY")));
    assertRefused("cannot sign", key("k", "ES256", pem.replace("PRIVATE KEY", "PUBLIC KEY")));
    assertRefused("single private key", key("k", "ES256", pem + pem));
    assertRefused("single private key", key("k", "ES256", pem.substring(0, 90)));
  }

  @Test
  void refusesAJwkThatContradictsTheEntryOrItself() throws Exception {
    var generator = new ECKeyGenerator(Curve.P_256);
    String stranger = generator.keyID("other").generate().toJSONString();
    Map<String, Object> mixed = generator.keyID("k").generate().toJSONObject();
    Map<String, Object> half = generator.keyID("k").generate().toPublicJWK().toJSONObject();
    mixed.put("x", half.get("x"));
    mixed.put("y", half.get("y"));

    assertRefused("another kid", key("k", "ES256", stranger));
    assertRefused("belongs to another key", key("k", "ES256", json(mixed)));
    assertRefused("no member d", key("k", "ES256", json(half)));
    half.put("use", "enc");
    assertRefused("not for signatures", key("k", "ES256", json(half)));
    assertRefused("another algorithm", key("k", "ES256", "{\"kty\":\"EC\",\"alg\":\"ES384\"}"));
    assertRefused("not a JWK", key("k", "ES256", "{\"kty\":"));
  }

  @Test
  void refusesTimesThatMakeNoSense() {
    String secret = TestKeys.secret(32);

    assertRefused(
        "sign_until: expected a time after not_before",
        key("k", "HS256", secret, "2027-01-02", "2027-01-02", "2027-02-01"));
    assertRefused(
        "verify_until: expected a time not before sign_until",
        key("k", "HS256", secret, "2027-01-02", "2027-03-02", "2027-03-01"));
    assertRefused(
        "not_before: expected a time such as",
        key("k", "HS256", secret, "soon", "2027-03-02", "2027-03-03"));
  }

  @Test
  void refusesARingWithoutAKeyThatSignsNow() {
    String secret = TestKeys.secret(32);

    assertRefused("keys: expected at least one key");
    assertRefused(
        "no key signs now", key("k", "HS256", secret, "2027-01-16", "2027-03-02", "2027-03-03"));
    assertRefused(
        "no key signs now", key("k", "HS256", secret, "2026-01-16", "2027-01-15", "2027-03-03"));
  }

  @Test
  void wantsEitherAFileOrASecret() {
    var settings = new MapSettings(Map.of("keys", "keys.yaml", "secret_key", TestKeys.secret(32)));
    var files = new HeldFiles(file(key("k", "HS256", TestKeys.secret(32))));

    TokenKeys.read(settings, new Host(files, () -> now));

    assertThat(settings.problems())
        .singleElement()
        .asString()
        .contains("either keys or secret_key");
  }

  @Test
  void findsTheSingleSecretOnlyForTokensThatNameNoKey() {
    var settings = new MapSettings(Map.of("secret_key", TestKeys.secret(32)));

    TokenKeys keys = TokenKeys.read(settings, new Host(new HeldFiles(Map.of()), () -> now));

    assertThat(settings.problems()).isEmpty();
    assertThat(keys.find(null)).contains(keys.signing());
    assertThat(keys.find("")).isEmpty();
    assertThat(keys.publicKeys()).isEqualTo("{\"keys\":[]}");
    keys.close();
  }

  @Test
  void warnsOnceTwoWeeksBeforeNoKeySignsAnyMore() {
    TokenKeys ring =
        ring(key("k", "HS256", TestKeys.secret(32), "2027-01-01", "2027-02-01", "2027-02-10"));

    now = Instant.parse("2027-01-18T00:00:00Z");
    String before = logged(ring::signing);
    now = now.plusSeconds(1);
    String first = logged(ring::signing);
    String second = logged(ring::signing);

    assertThat(before).isEmpty();
    assertThat(first).contains("WARN", "No key signs tokens any more from 2027-02-01T00:00:00Z on");
    assertThat(second).isEmpty();
  }

  @Test
  void doesNotWarnOfTheEndOfAKeyThatAnotherFollows() {
    TokenKeys ring = ring(
        key("one", "HS256", TestKeys.secret(32), "2027-01-01", "2027-02-01", "2027-02-10"),
        key("two", "HS256", TestKeys.secret(32), "2027-02-01", "2027-05-01", "2027-05-10"));

    now = Instant.parse("2027-01-31T23:59:59Z");

    assertThat(logged(ring::signing)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2027-02-01,false", "2027-02-02,true"})
  void warnsOfATimeInWhichNoKeySigns(String begin, boolean isGap) {
    String log = logged(() -> ring(
        key("one", "HS256", TestKeys.secret(32), "2027-01-01", "2027-02-01", "2027-02-10"),
        key("two", "HS256", TestKeys.secret(32), begin, "2027-05-01", "2027-05-10")));

    assertThat(
            log.contains("From 2027-02-01T00:00:00Z on no key signs tokens until the next begins"))
        .as(log)
        .isEqualTo(isGap);
  }

  @ParameterizedTest
  @CsvSource({"2027-02-01,true", "2027-02-02,false"})
  void warnsOfAKeyThatIsForgottenBeforeItsLastTokens(String end, boolean isEarly) {
    var settings = new MapSettings(Map.of("keys", "keys.yaml"));
    var files = new HeldFiles(
        file(key("k", "HS256", TestKeys.secret(32), "2027-01-01", "2027-02-01", end)));

    String log =
        logged(() -> TokenKeys.read(settings, new Host(files, () -> now), Duration.ofHours(24)));

    assertThat(log.contains("verify_until is less than 86400 s after sign_until"))
        .as(log)
        .isEqualTo(isEarly);
  }

  @Test
  void refusesToDoWithoutBouncyCastleWhereItIsAskedFor() {
    assertThatThrownBy(() -> Signatures.of(CryptoChoice.BOUNCYCASTLE, Optional::empty))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContainingAll(
            "Bouncy Castle is not there",
            "org.bouncycastle:bcprov-jdk18on",
            "leave crypto_provider out");
  }

  @Test
  void doesWithoutBouncyCastleAndSaysOnceThatThisIsSlower() {
    Signatures signatures = Signatures.of(CryptoChoice.AUTO, Optional::empty);

    String first = logged(() -> signatures.verification(JwsAlgorithm.ES256));
    String second = logged(() -> signatures.verification(JwsAlgorithm.ES256));

    assertThat(first).contains("WARN", "several times slower", "crypto_provider: jdk");
    assertThat(second).isEmpty();
  }

  /** What is logged meanwhile, which in tests goes to the standard error stream. */
  private static String logged(Runnable work) {
    PrintStream before = System.err;
    var log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      work.run();
    } finally {
      System.setErr(before);
    }
    return log.toString(StandardCharsets.UTF_8);
  }

  private static String material(String algorithm, int size) {
    return switch (algorithm.substring(0, 2)) {
      case "HS" -> TestKeys.secret(size);
      case "RS", "PS" -> TestKeys.rsa(size);
      case "ES" -> TestKeys.curve(size);
      default -> TestKeys.ed25519();
    };
  }

  private static String json(Map<String, Object> members) {
    return JSONObjectUtils.toJSONString(members);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // handed on and only read
  private void assertRefused(String message, Map<String, Object>... keys) {
    assertThatThrownBy(() -> ring(keys))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(message);
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // handed on and only read
  private TokenKeys ring(Map<String, Object>... keys) {
    return read(new HeldFiles(file(keys)));
  }

  private TokenKeys read(ConfigurationFiles files) {
    return TokenKeys.read(new MapSettings(Map.of("keys", "keys.yaml")), new Host(files, () -> now));
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // handed on and only read
  private static Map<String, Object> file(Map<String, Object>... keys) {
    return Map.of("keys", new ArrayList<>(List.of(keys)));
  }

  private static Map<String, Object> key(String keyId, String algorithm, String text) {
    return new HashMap<>(Map.of("kid", keyId, "algorithm", algorithm, "key", text));
  }

  private static Map<String, Object> key(
      String keyId, String algorithm, String text, String begin, String signUntil, String end) {
    Map<String, Object> key = key(keyId, algorithm, text);
    key.put("not_before", begin);
    key.put("sign_until", signUntil);
    key.put("verify_until", end + "T00:00:00Z");
    return key;
  }

  private record Host(ConfigurationFiles files, InstantSource clock) implements ProviderContext {

    @Override
    public String name() {
      return "token";
    }

    @Override
    public Profile profile() {
      return Profile.STANDARD;
    }

    @Override
    public List<NamedUserstore> userstores() {
      return List.of();
    }

    @Override
    public LoginAttempts loginAttempts() {
      throw new AssertionError("keys are not guessed");
    }

    @Override
    public Optional<TokenStore> tokenStore() {
      return Optional.empty();
    }
  }
}
