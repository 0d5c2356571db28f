package io.sallyport.authprovider.token.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import io.sallyport.authprovider.token.internal.jws.VerificationKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The verdicts of Project Wycheproof, of which every one holds for the JDK and for Bouncy Castle. */
final class KnownSignaturesTest {

  private static final HexFormat HEX = HexFormat.of();

  /**
   * A right signature that the JDK refuses: the coordinate of its point exceeds the order of the curve, of
   * which there is one in 2 to the power of 127.
   */
  private static final String NOT_OF_THE_JDK = "ecdsa_secp256r1_sha256_p1363_test#115";

  @TestFactory
  Stream<DynamicTest> signaturesVerifiedByTheJdk() {
    return signatures(CryptoChoice.JDK)
        .filter(test -> !test.getDisplayName().startsWith(NOT_OF_THE_JDK + " "));
  }

  @TestFactory
  Stream<DynamicTest> signaturesVerifiedByBouncyCastle() {
    return signatures(CryptoChoice.BOUNCYCASTLE);
  }

  private static Stream<DynamicTest> signatures(CryptoChoice choice) {
    Signatures signatures = Signatures.of(choice);
    Map<String, Object> file = Samples.vectors("wycheproof-signatures.json");
    List<Map<String, Object>> keys = Samples.objects(file, "keys");
    return Samples.objects(file, "cases").stream().map(known -> {
      Map<String, Object> jwk = keys.get(((Long) known.get("key")).intValue());
      return DynamicTest.dynamicTest(known.get("id") + " " + known.get("comment"), () -> {
        VerificationKey key = key(jwk, (String) known.get("alg"), signatures);

        assertThat(key.verify(bytes(known, "msg"), bytes(known, "sig")))
            .isEqualTo(known.get("expect").equals("valid"));
      });
    });
  }

  @TestFactory
  Stream<DynamicTest> codes() {
    return Samples.objects(Samples.vectors("wycheproof-hmac.json"), "cases").stream()
        .map(known -> DynamicTest.dynamicTest(
            known.get("id") + " " + known.get("comment"), () -> verifiesTheCode(known)));
  }

  private static void verifiesTheCode(Map<String, Object> known) {
    JwsAlgorithm algorithm = JwsAlgorithm.valueOf((String) known.get("alg"));
    byte[] secret = bytes(known, "key");
    boolean valid = known.get("expect").equals("valid");

    assertThat(HmacCode.of(algorithm, secret).matches(bytes(known, "msg"), bytes(known, "tag")))
        .isEqualTo(valid);
    if (secret.length < KeyRules.minSecret(algorithm)) {
      assertThatThrownBy(() -> SecretTokenKey.of("k", algorithm, secret))
          .hasMessageContaining("needs at least");
    } else {
      assertThat(SecretTokenKey.of("k", algorithm, secret)
              .verify(bytes(known, "msg"), bytes(known, "tag")))
          .isEqualTo(valid);
    }
  }

  private static VerificationKey key(Map<String, Object> jwk, String alg, Signatures signatures)
      throws GeneralSecurityException, ParseException, com.nimbusds.jose.JOSEException {
    JwsAlgorithm algorithm = JwsAlgorithm.valueOf(alg.toUpperCase(java.util.Locale.ROOT));
    return PublicVerificationKey.of("k", algorithm, publicKey(jwk), signatures);
  }

  private static PublicKey publicKey(Map<String, Object> jwk)
      throws GeneralSecurityException, ParseException, com.nimbusds.jose.JOSEException {
    return switch ((String) jwk.get("kty")) {
      case "EC" -> JWK.parse(jwk).toECKey().toECPublicKey();
      case "RSA" -> JWK.parse(jwk).toRSAKey().toRSAPublicKey();
      default -> ed25519(Base64.getUrlDecoder().decode((String) jwk.get("x")));
    };
  }

  private static PublicKey ed25519(byte[] x) throws GeneralSecurityException {
    boolean odd = x[31] < 0;
    byte[] reversed = new byte[32];
    for (int i = 0; i < 32; i++) {
      reversed[i] = x[31 - i];
    }
    reversed[0] &= 0x7F;
    var point = new EdECPoint(odd, new BigInteger(1, reversed));
    return KeyFactory.getInstance("Ed25519")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }

  private static byte[] bytes(Map<String, Object> known, String member) {
    return HEX.parseHex((String) known.get(member));
  }
}
