package io.sallyport.core.internal.tls;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.fuzz.Mutants;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** What PEM wraps, in any state, as a certificate and as a key: a pair, a CA, or the documented refusal. */
class DerFuzzTest {

  @DictionaryFile(resourcePath = "DerFuzzTest.dict")
  @FuzzTest
  void isAPairOrIsRefused(byte[] input) {
    FuzzedFiles.withGenuineKey(pem("CERTIFICATE", input));
    FuzzedFiles.withGenuineCertificate(pem("PRIVATE KEY", input));
    FuzzedFiles.withGenuineCertificate(pem("RSA PRIVATE KEY", input));
    FuzzedFiles.authorities(pem("CERTIFICATE", input));
  }

  @Test
  void holdsForMutants() {
    Mutants.of(DerFuzzTest.class).check(500, this::isAPairOrIsRefused);
  }

  private static byte[] pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder().encodeToString(der);
    return ("-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
