package io.sallyport.core.internal.tls;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.fuzz.Mutants;
import org.junit.jupiter.api.Test;

/** A PEM file of certificates and keys in any state: a pair, a list of CAs, or the documented refusal. */
class PemFuzzTest {

  @DictionaryFile(resourcePath = "PemFuzzTest.dict")
  @FuzzTest
  void holdsAPairOrIsRefused(byte[] input) {
    FuzzedFiles.pair(input, input);
    FuzzedFiles.withGenuineKey(input);
    FuzzedFiles.withGenuineCertificate(input);
    FuzzedFiles.authorities(input);
  }

  @Test
  void holdsForMutants() {
    Mutants.of(PemFuzzTest.class).check(200, this::holdsAPairOrIsRefused);
  }
}
