package io.sallyport.authprovider.token.internal.signed;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.authprovider.token.internal.jws.Base64Url;
import io.sallyport.authprovider.token.internal.jws.HeaderPolicy;
import io.sallyport.authprovider.token.internal.jws.KeyIdRule;
import io.sallyport.authprovider.token.internal.jws.StrictJson;
import io.sallyport.authprovider.token.internal.jws.StrictJws;
import io.sallyport.authprovider.token.internal.jws.Verdict;
import io.sallyport.authprovider.token.internal.jws.Verdict.Accepted;
import io.sallyport.authprovider.token.internal.jws.VerificationKey;
import io.sallyport.authprovider.token.internal.jws.VerificationKeys;
import io.sallyport.authprovider.token.internal.jwt.ClaimReader;
import io.sallyport.authprovider.token.internal.jwt.ClaimsPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tokens that others made, of all algorithms, with the verdicts that they gave. */
final class KnownAnswersTest {

  /** What the files say of {@code typ}: nothing, or that it is a JWT's, an access token's or absent. */
  private static final HeaderPolicy HEADERS =
      HeaderPolicy.outside(Set.of("JWT", "at+jwt"), false, KeyIdRule.OPTIONAL);

  private static final ClaimsPolicy CLAIMS = ClaimsPolicy.outside(
      "https://issuer-lhttf.example", Set.of("api://bfqkwmy"), Duration.ofSeconds(60));

  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  /**
   * Three cases of Wycheproof whose verdict cannot be: 367 and 370 are, character for character, the
   * token of 357, which is valid, and 373 has a question mark in its payload, which RFC 7515 section 2
   * does not permit and which would make two texts one token.
   */
  private static final Map<String, Boolean> CORRECTED = Map.of(
      "json_web_signature_test#367", true,
      "json_web_signature_test#370", true,
      "json_web_signature_test#373", false);

  /** Right signatures in another form than the compact one, or by an algorithm that is not among ours. */
  private static final Set<String> NOT_TAKEN = Set.of(
      "rfc7515-A.4",
      "rfc7515-A.6",
      "rfc7515-A.7",
      "cookbook-4_3.ecdsa_signature",
      "cookbook-4_7.protecting_content_only");

  private static final Set<String> NOT_OURS = Set.of("RS384", "RS512", "PS384", "PS512", "ES512");

  /** Of 17 that may be accepted or refused: typ of RFC 9068 in two spellings, and a malleable ES256 signature. */
  private static final Set<String> ACCEPTED_EITHER = Set.of("jwt-023", "jwt-024", "jwt-113");

  @TestFactory
  Stream<DynamicTest> wycheproofSignatures() {
    Map<String, Object> file = Samples.vectors("wycheproof-jws.json");
    List<Map<String, Object>> keys = Samples.objects(file, "keys");
    return Samples.objects(file, "cases").stream().map(known -> {
      KnownKeys own = KnownKeys.of(published(keys.get(((Long) known.get("key")).intValue())));
      boolean stated = known.get("expect").equals("valid") && !isOfAnAlgorithmNotOurs(known);
      boolean valid = CORRECTED.getOrDefault((String) known.get("id"), stated);
      return DynamicTest.dynamicTest(
          known.get("id") + " " + known.get("comment"),
          () -> assertThat(isOpened(own, (String) known.get("jws"))).isEqualTo(valid));
    });
  }

  @TestFactory
  Stream<DynamicTest> examplesOfTheRfcs() {
    return Samples.objects(Samples.vectors("rfc-examples.json"), "cases").stream()
        .map(known -> {
          String id = (String) known.get("id");
          boolean valid = known.get("expect").equals("valid") && !NOT_TAKEN.contains(id);
          return DynamicTest.dynamicTest(
              id,
              () -> assertThat(isOpened(KnownKeys.of(key(known.get("key"))), compact(known)))
                  .isEqualTo(valid));
        });
  }

  @TestFactory
  Stream<DynamicTest> generatedTokens() {
    Map<String, Object> file = Samples.vectors("generated-tokens.json");
    return Samples.objects(file, "cases").stream().map(known -> {
      Object jwks = known.containsKey("jwks") ? known.get("jwks") : file.get("jwks");
      StrictJws<VerificationKey> jws =
          new StrictJws<>(KnownKeys.of(key(jwks)), HEADERS, StrictJws.MAX_LENGTH_OF_OTHERS);
      return DynamicTest.dynamicTest(known.get("id") + " " + known.get("name"), () -> {
        Verdict<ClaimReader> verdict = verdict(jws, (String) known.get("token"));

        boolean accepted = verdict instanceof Accepted<ClaimReader>;
        if (known.get("expect").equals("either")) {
          // what we say where both can be defended is said here, so that it does not change unseen
          assertThat(accepted).isEqualTo(ACCEPTED_EITHER.contains(known.get("id")));
        } else {
          assertThat(accepted).isEqualTo(known.get("expect").equals("valid"));
        }
      });
    });
  }

  @Test
  void seesEveryAlgorithmAmongTheValidTokens() {
    Map<String, Object> file = Samples.vectors("generated-tokens.json");

    Stream<Object> algorithms = Samples.objects(file, "cases").stream()
        .filter(known -> known.get("expect").equals("valid"))
        .map(known -> ((String) known.get("token")).split("\\.", 2)[0])
        .map(header -> StrictJson.object(Base64Url.decode(header).orElseThrow())
            .orElseThrow()
            .get("alg"));

    assertThat(algorithms.distinct())
        .containsExactlyInAnyOrder(
            "HS256", "HS384", "HS512", "RS256", "PS256", "ES256", "ES384", "EdDSA");
  }

  /** Form, signature and registered claims, under the policy of the file. */
  private static Verdict<ClaimReader> verdict(StrictJws<VerificationKey> jws, String token) {
    return jws.open(token)
        .then(opened -> ClaimReader.nested(opened.payload(), StrictJson.MAX_DEPTH))
        .then(claims -> CLAIMS.check(claims, NOW));
  }

  private static boolean isOfAnAlgorithmNotOurs(Map<String, Object> known) {
    String header = ((String) known.get("jws")).split("\\.", 2)[0];
    return Base64Url.decode(header)
        .flatMap(StrictJson::object)
        .filter(members -> NOT_OURS.contains(members.get("alg")))
        .isPresent();
  }

  private static boolean isOpened(VerificationKeys<VerificationKey> keys, String token) {
    return new StrictJws<>(keys, HEADERS).open(token) instanceof Accepted<?>;
  }

  /** A set with public keys in it is one that somebody publishes, in which a secret is none. */
  private static List<Map<String, Object>> published(Map<String, Object> jwk) {
    List<Map<String, Object>> keys = key(jwk);
    boolean isPublic = keys.stream().anyMatch(key -> !"oct".equals(key.get("kty")));
    return keys.stream()
        .filter(key -> !isPublic || !"oct".equals(key.get("kty")))
        .toList();
  }

  @SuppressWarnings("unchecked") // the files are written so
  private static List<Map<String, Object>> key(@Nullable Object key) {
    if (key instanceof List<?> list) {
      return (List<Map<String, Object>>) list;
    }
    if (key == null) {
      return List.of();
    }
    Map<String, Object> jwk = (Map<String, Object>) key;
    return jwk.containsKey("keys") ? (List<Map<String, Object>>) jwk.get("keys") : List.of(jwk);
  }

  /** The token, with the payload in its place where that is sent apart. */
  private static String compact(Map<String, Object> known) {
    String jws = known.get("jws") instanceof String text ? text : "{\"payload\":\"\"}";
    if (known.get("id").equals("cookbook-4_5.signature_with_detached_content")) {
      String note = (String) known.get("note");
      String payload = note.substring(note.indexOf("detached payload: ") + 18);
      return jws.replace(
          "..", "." + Base64Url.encode(payload.getBytes(StandardCharsets.UTF_8)) + ".");
    }
    return jws;
  }
}
