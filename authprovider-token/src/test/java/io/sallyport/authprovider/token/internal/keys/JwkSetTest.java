package io.sallyport.authprovider.token.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JwkSetTest {

  private static final Set<JwsAlgorithm> ALL = EnumSet.allOf(JwsAlgorithm.class);
  private static final Signatures JDK = Signatures.of(CryptoChoice.JDK);

  @Test
  void computesTheThumbprintsOfTheRfcs() {
    for (Map<String, Object> known :
        Samples.objects(Samples.vectors("rfc-examples.json"), "thumbprints")) {
      Map<String, Object> jwk = keyOf(known);
      JwsAlgorithm algorithm = new Jwk(jwk).algorithm(ALL).orElseThrow();

      PublicJwk publicJwk = PublicJwk.of(new Jwk(jwk).publicKey(algorithm));

      assertThat(publicJwk.thumbprint()).isEqualTo(known.get("sha256"));
    }
  }

  @Test
  void findsEveryKeyThatIsFitByItsName() throws Exception {
    String rsa = jwk("RSA", 2048, "one", JwsAlgorithm.RS256);
    String curve = jwk("EC", 256, "two", JwsAlgorithm.ES256);
    String edwards = jwk("Ed25519", 255, "three", JwsAlgorithm.EDDSA);

    JwkSet read = JwkSet.read(set(rsa, curve, edwards), ALL, JDK);

    assertThat(read.skipped()).isEmpty();
    assertThat(read.find("one").orElseThrow().algorithm()).isEqualTo(JwsAlgorithm.RS256);
    assertThat(read.find("two").orElseThrow().algorithm()).isEqualTo(JwsAlgorithm.ES256);
    assertThat(read.find("three").orElseThrow().algorithm()).isEqualTo(JwsAlgorithm.EDDSA);
    assertThat(read.find("four")).isEmpty();
    assertThat(read.find(null)).isEmpty();
  }

  @Test
  void callsAKeyWithoutANameByItsThumbprint() throws Exception {
    Map<String, Object> unnamed = parsed(jwk("EC", 256, "x", JwsAlgorithm.ES256));
    unnamed.remove("kid");
    unnamed.remove("alg");

    JwkSet read = JwkSet.read(set(JSONObjectUtils.toJSONString(unnamed)), ALL, JDK);

    assertThat(read.keys()).hasSize(1);
    assertThat(read.keys().keySet().iterator().next()).hasSize(43);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kty\":\"oct\",\"kid\":\"k\",\"k\":\"b4rVan2OvMe-U3u_OxKOcDKRQZCuKudzCSkHvIPWkSA\"}",
        "{\"kty\":\"AKP\",\"kid\":\"k\",\"alg\":\"ML-DSA-44\",\"pub\":\"AAAA\"}",
        "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"kid\":\"k\",\"x\":\"AAAA\"}",
        "{\"kid\":\"k\"}",
        "{\"kty\":7,\"kid\":\"k\"}",
        "null",
        "[]",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"k\",\"x\":\"AQ\",\"y\":\"AQ\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"k\","
            + "\"x\":\"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"k\","
            + "\"x\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE\","
            + "\"y\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE\"}"
      })
  void leavesOutWhatIsForeignOrUnfitAndKeepsTheRest(String unfit) throws Exception {
    String fit = jwk("EC", 256, "fit", JwsAlgorithm.ES256);

    JwkSet read = JwkSet.read(set(unfit, fit), ALL, JDK);

    assertThat(read.keys()).containsOnlyKeys("fit");
    assertThat(read.skipped()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"use\":\"enc\"}",
        "{\"key_ops\":[\"sign\"]}",
        "{\"d\":\"AQ\"}",
        "{\"alg\":\"RS512\"}",
        "{\"alg\":\"ES384\"}",
        "{\"crv\":\"P-384\"}",
        "{\"kid\":\"\"}"
      })
  void leavesOutAKeyThatSaysItIsForSomethingElse(String change) throws Exception {
    Map<String, Object> changed = parsed(jwk("EC", 256, "k", JwsAlgorithm.ES256));
    changed.putAll(JSONObjectUtils.parse(change));

    JwkSet read = JwkSet.read(set(JSONObjectUtils.toJSONString(changed)), ALL, JDK);

    assertThat(read.keys()).isEmpty();
  }

  @Test
  void usesNeitherOfTwoKeysOfTheSameName() throws Exception {
    String one = jwk("EC", 256, "same", JwsAlgorithm.ES256);
    String other = jwk("EC", 256, "same", JwsAlgorithm.ES256);
    String third = jwk("EC", 256, "same", JwsAlgorithm.ES256);

    JwkSet read = JwkSet.read(set(one, other, third), ALL, JDK);

    assertThat(read.keys()).isEmpty();
  }

  @Test
  void leavesOutRsaWithFewerThan2048Bits() throws Exception {
    JwkSet read = JwkSet.read(set(jwk("RSA", 1024, "k", JwsAlgorithm.RS256)), ALL, JDK);

    assertThat(read.keys()).isEmpty();
    assertThat(read.skipped().get(0)).contains("1024 bits");
  }

  @Test
  void takesARsaKeyForTheAlgorithmThatIsAccepted() throws Exception {
    Map<String, Object> open = parsed(jwk("RSA", 2048, "k", JwsAlgorithm.RS256));
    open.remove("alg");

    JwkSet read =
        JwkSet.read(set(JSONObjectUtils.toJSONString(open)), EnumSet.of(JwsAlgorithm.PS256), JDK);

    assertThat(read.find("k").orElseThrow().algorithm()).isEqualTo(JwsAlgorithm.PS256);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"keys\":{}}", "no JSON"})
  void refusesWhatIsNoSet(String text) {
    assertThatThrownBy(() -> JwkSet.read(text, ALL, JDK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("JWK Set");
  }

  private static String jwk(String type, int bits, String keyId, JwsAlgorithm algorithm)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
    if (type.equals("EC")) {
      generator.initialize(new ECGenParameterSpec("secp" + bits + "r1"));
    } else if (type.equals("RSA")) {
      generator.initialize(bits);
    }
    KeyPair pair = generator.generateKeyPair();
    return PublicJwk.of(pair.getPublic()).json(keyId, algorithm);
  }

  private static Map<String, Object> parsed(String json) throws Exception {
    return new TreeMap<>(JSONObjectUtils.parse(json));
  }

  private static String set(String... keys) {
    return "{\"keys\":[" + String.join(",", List.of(keys)) + "]}";
  }

  @SuppressWarnings("unchecked") // the file is written so
  private static Map<String, Object> keyOf(Map<String, Object> known) {
    return (Map<String, Object>) known.get("key");
  }
}
