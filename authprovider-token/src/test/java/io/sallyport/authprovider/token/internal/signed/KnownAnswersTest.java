package io.sallyport.authprovider.token.internal.signed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.Base64URL;
import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.authprovider.token.internal.jws.HeaderPolicy;
import io.sallyport.authprovider.token.internal.jws.StrictJws;
import io.sallyport.authprovider.token.internal.jws.Verdict.Accepted;
import io.sallyport.authprovider.token.internal.jwt.ClaimReader;
import io.sallyport.authprovider.token.internal.jwt.ClaimsPolicy;
import io.sallyport.authprovider.token.internal.keys.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tokens and tags that others made, with the verdicts that they gave. */
final class KnownAnswersTest {

  /**
   * Three cases of Wycheproof whose verdict cannot be: 367 and 370 are, character for character, the
   * token of 357, which is valid, and 373 has a question mark in its payload, which RFC 7515 section 2
   * does not permit and which would make two texts one token.
   */
  private static final Map<String, Boolean> CORRECTED = Map.of(
      "json_web_signature_test#367", true,
      "json_web_signature_test#370", true,
      "json_web_signature_test#373", false);

  @TestFactory
  Stream<DynamicTest> wycheproofSignatures() {
    Map<String, Object> file = Samples.vectors("wycheproof-jws.json");
    List<Map<String, Object>> keys = Samples.objects(file, "keys");
    return Samples.objects(file, "cases").stream().map(known -> {
      Map<String, Object> jwk = keys.get(((Long) known.get("key")).intValue());
      StrictJws jws = jws(jwk);
      boolean stated = known.get("expect").equals("valid");
      boolean valid = CORRECTED.getOrDefault((String) known.get("id"), stated);
      return DynamicTest.dynamicTest(
          known.get("id") + " " + known.get("comment"),
          () -> assertThat(jws.open((String) known.get("jws")) instanceof Accepted<byte[]>)
              .isEqualTo(valid));
    });
  }

  @TestFactory
  Stream<DynamicTest> wycheproofTags() {
    HexFormat hex = HexFormat.of();
    return Samples.objects(Samples.vectors("wycheproof-hmac.json"), "cases").stream()
        .filter(known -> known.get("alg").equals("HS256"))
        .map(known -> {
          byte[] key = hex.parseHex((String) known.get("key"));
          byte[] message = hex.parseHex((String) known.get("msg"));
          Base64URL tag = Base64URL.encode(hex.parseHex((String) known.get("tag")));
          return DynamicTest.dynamicTest(known.get("id") + " " + known.get("comment"), () -> {
            if (key.length < 32) {
              assertThatThrownBy(() -> SigningKey.of(key))
                  .isInstanceOf(IllegalArgumentException.class);
            } else {
              assertThat(SigningKey.of(key).verifier().verify(HeaderPolicy.HEADER, message, tag))
                  .isEqualTo(known.get("expect").equals("valid"));
            }
          });
        });
  }

  @TestFactory
  Stream<DynamicTest> generatedTokens() {
    Map<String, Object> file = Samples.vectors("generated-tokens.json");
    @SuppressWarnings("unchecked") // the file is written so
    Map<String, Object> keys = (Map<String, Object>) file.get("jwks");
    Map<String, Object> hs256 = Samples.objects(keys, "keys").get(0);
    StrictJws jws = jws(hs256);
    return Samples.objects(file, "cases").stream().map(known -> {
      String token = (String) known.get("token");
      boolean valid = known.get("expect").equals("valid") && headerNames(token, hs256.get("kid"));
      return DynamicTest.dynamicTest(
          known.get("id") + " " + known.get("name"),
          () -> assertThat(accepts(jws, token)).isEqualTo(valid));
    });
  }

  @Test
  void generatedTokensHaveSomeThatAreValidForThisKey() {
    Map<String, Object> file = Samples.vectors("generated-tokens.json");

    long valid = Samples.objects(file, "cases").stream()
        .filter(known -> known.get("expect").equals("valid"))
        .filter(known -> headerNames((String) known.get("token"), "hs256-lhttf"))
        .count();

    assertThat(valid).isEqualTo(2);
  }

  /** The layer that checks form, signature and registered claims, under the policy of the file. */
  private static boolean accepts(StrictJws jws, String token) {
    ClaimsPolicy policy =
        new ClaimsPolicy("https://issuer-lhttf.example", "api://bfqkwmy", Duration.ofMinutes(1));
    return jws.open(token)
            .then(SignedTokenCodec::claims)
            .then(claims -> policy.check(claims, Instant.ofEpochSecond(1_800_000_000)))
        instanceof Accepted<ClaimReader>;
  }

  private static StrictJws jws(Map<String, Object> jwk) {
    byte[] key = Base64URL.from((String) jwk.get("k")).decode();
    return new StrictJws(
        SigningKey.of(key).verifier(), new HeaderPolicy(false, (String) jwk.get("kid")));
  }

  private static boolean headerNames(String token, Object keyId) {
    return Base64URL.from(token.split("\\.", 2)[0])
        .decodeToString()
        .contains("\"kid\":\"" + keyId + "\"");
  }
}
