package io.sallyport.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTest {

  @Test
  void escapesWhatCouldBreakOrDisguiseALine() {
    String shown = Shown.of("a\nb\r\t\u001b[1m\"\\ \u202e\u2028\ud800 \udb40\udc01 é 漢");

    assertThat(shown)
        .isEqualTo("a\\nb\\r\\t\\u001b[1m\\\"\\\\ \\u202e\\u2028\\ud800 \\U000e0001 é 漢");
  }

  @Test
  void cutsLongText() {
    assertThat(Shown.of("x".repeat(60))).isEqualTo("x".repeat(60));
    assertThat(Shown.of("x".repeat(61))).isEqualTo("x".repeat(60) + "…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"password", "Secret_Key", "keys", "password_hash", "apiToken", "bind_PASSWORD"})
  void takesTheseNamesForSecrets(String name) {
    assertThat(Shown.isSecretName(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"path", "token_generator", "username"})
  void takesTheseNamesForHarmless(String name) {
    assertThat(Shown.isSecretName(name)).isFalse();
  }

  @Test
  void aLongPathKeepsItsEnd() {
    String folders = "/folder".repeat(60);

    assertThat(Shown.path(java.nio.file.Path.of("/srv/security.yaml")))
        .isEqualTo("/srv/security.yaml");
    assertThat(Shown.path(java.nio.file.Path.of(folders + "/security.yaml")))
        .startsWith("…")
        .endsWith("/folder/security.yaml")
        .hasSize(241);
    assertThat(Shown.path(java.nio.file.Path.of("/a\nb"))).isEqualTo("/a\\nb");
  }
}
