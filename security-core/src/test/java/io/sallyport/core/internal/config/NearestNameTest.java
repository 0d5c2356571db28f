package io.sallyport.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

  @ParameterizedTest
  @CsvSource({
    "passowrd_hash, password_hash",
    "Password_Hash, password_hash",
    "rols, roles",
    "roels, roles",
    "pat, path",
    "pathh, path"
  })
  void findsTheNameBehindATypingError(String written, String meant) {
    var known = List.of("password_hash", "roles", "path");

    assertThat(NearestName.of(written, known)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"xx, ab", "abcd, abxy", "abcdef, abcxyz", "timeout, path"})
  void findsNothingInWhatIsSimplySomethingElse(String written, String known) {
    assertThat(NearestName.of(written, List.of(known))).isEmpty();
  }

  @Test
  void takesTheNearerOfTwo() {
    assertThat(NearestName.of("tokens", List.of("taken", "token"))).contains("token");
  }

  @Test
  void isNotKeptBusyByLongText() {
    assertThat(NearestName.of("a".repeat(64), List.of("a".repeat(64)))).isPresent();
    assertThat(NearestName.of("a".repeat(65), List.of("a".repeat(65)))).isEmpty();
  }
}
