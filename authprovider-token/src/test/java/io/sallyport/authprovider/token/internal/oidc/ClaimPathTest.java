package io.sallyport.authprovider.token.internal.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClaimPathTest {

  private static final Map<String, Object> CLAIMS = Map.ofEntries(
      Map.entry("sub", "s-1"),
      Map.entry("realm_access", Map.of("roles", List.of("ops", "dev"), "scope", "read  write ")),
      Map.entry("https://x.example/roles", List.of("viewer")),
      Map.entry("urn:x.y", "colon"),
      Map.entry("scp", "read write"),
      Map.entry("spaced", "two words"),
      Map.entry("number", 17L),
      Map.entry("flag", true),
      Map.entry("empty", ""),
      Map.entry("mixed", List.of("ops", 1L)),
      Map.entry("hostile", List.of("ops", "a\u0000b")),
      Map.entry("long", "x".repeat(257)));

  @Test
  void findsTextsWhereTheyStand() {
    assertThat(texts("realm_access.roles")).containsExactly("ops", "dev");
    assertThat(texts("https://x.example/roles")).containsExactly("viewer");
    assertThat(texts("urn:x.y")).containsExactly("colon");
    assertThat(texts("sub")).containsExactly("s-1");
  }

  /** Spaces part scopes, and belong to all other names. */
  @Test
  void partsOnlyScopesAtSpaces() {
    assertThat(texts("scp")).containsExactly("read", "write");
    assertThat(texts("realm_access.scope")).containsExactly("read", "write");
    assertThat(texts("spaced")).containsExactly("two words");
  }

  @Test
  void readsNumbersAndFlagsAsText() {
    assertThat(ClaimPath.of("number").text(CLAIMS)).contains("17");
    assertThat(ClaimPath.of("flag").text(CLAIMS)).contains("true");
    assertThat(ClaimPath.of("sub").text(CLAIMS)).contains("s-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"absent", "realm_access.absent", "sub.roles", "realm_access.roles.x"})
  void findsNothingWhereNothingStands(String path) {
    assertThat(texts(path)).isEmpty();
    assertThat(ClaimPath.of(path).text(CLAIMS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"number", "realm_access", "empty", "mixed", "hostile", "long"})
  void takesNothingElseForTexts(String path) {
    ClaimPath claim = ClaimPath.of(path);

    assertThatThrownBy(() -> claim.texts(CLAIMS))
        .isInstanceOf(MalformedClaimException.class)
        .hasMessageContaining("the claim " + path + " must have texts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"realm_access", "realm_access.roles", "empty", "long"})
  void takesNothingElseForAText(String path) {
    ClaimPath claim = ClaimPath.of(path);

    assertThatThrownBy(() -> claim.text(CLAIMS)).isInstanceOf(MalformedClaimException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "a.", ".b", "a..b", "a\nb"})
  void isNoPathWithANameThatIsNone(String path) {
    assertThat(ClaimPath.of(path).isValid()).isFalse();
  }

  private static List<String> texts(String path) {
    return ClaimPath.of(path).texts(CLAIMS);
  }
}
