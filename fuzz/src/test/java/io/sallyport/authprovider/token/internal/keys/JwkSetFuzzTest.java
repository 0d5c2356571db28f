package io.sallyport.authprovider.token.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.authprovider.token.internal.jws.JwsAlgorithm;
import io.sallyport.authprovider.token.internal.jws.VerificationKey;
import io.sallyport.fuzz.Bounds;
import io.sallyport.fuzz.Mutants;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whatever an issuer sends for its JWK Set, it is keys of public algorithms that were asked for, each under
 * the name that it has, or an {@link IllegalArgumentException}; and no such key finds a signature right that
 * nobody made.
 */
class JwkSetFuzzTest {

  private static final Set<JwsAlgorithm> ACCEPTED =
      EnumSet.of(JwsAlgorithm.RS256, JwsAlgorithm.PS256, JwsAlgorithm.ES256, JwsAlgorithm.EDDSA);
  private static final Signatures SIGNATURES = Signatures.of(CryptoChoice.JDK);
  private static final byte[] SIGNED = "header.payload".getBytes(StandardCharsets.US_ASCII);

  @DictionaryFile(resourcePath = "JwkSetFuzzTest.dict")
  @FuzzTest
  void isPublicKeysOrRefused(byte[] input) {
    Bounds.SMALL.check(() -> {
      try {
        check(JwkSet.read(new String(input, StandardCharsets.UTF_8), ACCEPTED, SIGNATURES));
      } catch (IllegalArgumentException documented) {
        assertThat(documented.getMessage()).hasSizeLessThan(200);
      }
    });
  }

  @Test
  void holdsForMutants() {
    Mutants.of(JwkSetFuzzTest.class).check(10_000, this::isPublicKeysOrRefused);
  }

  private static void check(JwkSet keys) {
    assertThat(keys.skipped()).allSatisfy(why -> assertThat(why).hasSizeLessThan(400));
    keys.keys().forEach((name, key) -> {
      assertThat(key.keyId()).isEqualTo(name);
      assertThat(ACCEPTED).contains(key.algorithm());
      assertThat(findsRight(key)).isFalse();
    });
  }

  private static boolean findsRight(VerificationKey key) {
    return key.verify(SIGNED, new byte[64]) || key.verify(SIGNED, new byte[256]);
  }
}
