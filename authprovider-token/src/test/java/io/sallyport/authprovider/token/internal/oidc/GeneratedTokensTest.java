package io.sallyport.authprovider.token.internal.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.sallyport.authprovider.token.internal.MapSettings;
import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.authprovider.token.internal.keys.CryptoChoice;
import io.sallyport.authprovider.token.internal.keys.JwkSet;
import io.sallyport.authprovider.token.internal.keys.Signatures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Tokens that others made, under the policy of their file, as those of an outside issuer with published keys. */
final class GeneratedTokensTest {

  private static final Map<String, Object> FILE = Samples.vectors("generated-tokens.json");
  private static final Duration LONG = Duration.ofSeconds(20);

  /** Whoever publishes a secret key, and whoever can verify with it, could sign with it. */
  private static final Set<String> SYMMETRIC = Set.of("jwt-001", "jwt-002", "jwt-003", "jwt-018");

  /** Of 17 that may be accepted or refused: typ of RFC 9068 in two spellings, and a malleable ES256 signature. */
  private static final Set<String> ACCEPTED_EITHER = Set.of("jwt-023", "jwt-024", "jwt-113");

  @TestFactory
  Stream<DynamicTest> everyVerdictIsAsStated() {
    return Samples.objects(FILE, "cases").stream()
        .map(known -> DynamicTest.dynamicTest(
            known.get("id") + " " + known.get("name"),
            () -> assertThat(isAccepted(known)).isEqualTo(isRight(known))));
  }

  private static boolean isRight(Map<String, Object> known) {
    String id = (String) known.get("id");
    return known.get("expect").equals("either")
        ? ACCEPTED_EITHER.contains(id)
        : known.get("expect").equals("valid") && !SYMMETRIC.contains(id);
  }

  private static boolean isAccepted(Map<String, Object> known) {
    Map<String, Object> policy = object(FILE, "policy");
    Instant now = Instant.ofEpochSecond((Long) policy.get("now"));
    OutsideSettings settings = settings(policy);
    String keys =
        JSONObjectUtils.toJSONString(object(known.containsKey("jwks") ? known : FILE, "jwks"));
    KeySource.Times times = new KeySource.Times(LONG, LONG, LONG, LONG);
    try (KeySource source = new KeySource(
        "vectors",
        settings.issuer(),
        () -> JwkSet.read(keys, settings.algorithms(), Signatures.of(CryptoChoice.JDK)),
        times,
        () -> now)) {
      return new OutsideTokens(settings, source).read((String) known.get("token"), now, LONG)
          instanceof Verdict.Accepted<?>;
    }
  }

  private static OutsideSettings settings(Map<String, Object> policy) {
    MapSettings settings = new MapSettings(Map.of(
        "issuer",
        policy.get("issuer"),
        "audience",
        policy.get("audience"),
        "clock_skew_seconds",
        policy.get("leeway_seconds").toString(),
        "token_types",
        List.of("JWT", "at+jwt", "none")));
    OutsideSettings read = OutsideSettings.read(settings);
    assertThat(settings.problems()).isEmpty();
    return read;
  }

  @SuppressWarnings("unchecked") // the file is written so
  private static Map<String, Object> object(Map<String, Object> of, String name) {
    return (Map<String, Object>) of.get(name);
  }
}
