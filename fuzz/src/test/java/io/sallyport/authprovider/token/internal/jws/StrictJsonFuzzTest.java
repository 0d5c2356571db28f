package io.sallyport.authprovider.token.internal.jws;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.sallyport.fuzz.Bounds;
import io.sallyport.fuzz.Mutants;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is read as JSON here, another reader reads too, with the same members; what is flat is also nested. */
class StrictJsonFuzzTest {

  @DictionaryFile(resourcePath = "StrictJsonFuzzTest.dict")
  @FuzzTest
  void isReadByOthersTheSameWay(byte[] input) {
    Bounds.SMALL.check(() -> {
      Optional<Map<String, @Nullable Object>> flat = StrictJson.object(input);
      Optional<Map<String, @Nullable Object>> nested =
          StrictJson.nested(input, StrictJson.MAX_DEPTH);
      if (flat.isPresent()) {
        assertThat(nested).isEqualTo(flat);
      }
      nested.ifPresent(members -> assertThat(members.keySet())
          .isEqualTo(byNimbus(new String(input, StandardCharsets.UTF_8)).keySet()));
    });
  }

  @Test
  void holdsForMutants() {
    Mutants.of(StrictJsonFuzzTest.class).check(20_000, this::isReadByOthersTheSameWay);
  }

  private static Map<String, Object> byNimbus(String text) {
    try {
      return JSONObjectUtils.parse(text);
    } catch (ParseException e) {
      throw new AssertionError("read here and by nobody else: " + text, e);
    }
  }
}
