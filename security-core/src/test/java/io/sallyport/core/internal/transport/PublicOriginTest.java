package io.sallyport.core.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicOriginTest {

  private static final String LABEL_63 = "a".repeat(63);
  private static final String HOST_253 =
      LABEL_63 + "." + LABEL_63 + "." + LABEL_63 + "." + "a".repeat(61);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://app.example.org", "https://app.example.org:8443", "https://a",
            "https://A-1.example",
        "https://xn--bcher-kva.example", "https://192.0.2.1", "https://192.0.2.1:1",
            "https://[::1]",
        "https://[2001:db8::1]:65535", "https://1.example"
      })
  void isSchemeHostAndPort(String text) {
    assertThat(PublicOrigin.of(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://",
        "http://app.example.org",
        "HTTPS://app.example.org",
        "app.example.org",
        "//app.example.org",
        "https:app.example.org",
        "https://app.example.org/",
        "https://app.example.org/x",
        "https://app.example.org?x",
        "https://app.example.org#x",
        "https://user@app.example.org",
        "https://app.example.org:",
        "https://app.example.org:0",
        "https://app.example.org:65536",
        "https://app.example.org:08443",
        "https://app.example.org:x",
        "https://app example.org",
        "https://app.example.org\r\nX: y",
        "https://.example.org",
        "https://app..example",
        "https://app.example.",
        "https://-a.example",
        "https://a-.example",
        "https://a_b.example",
        "https://bücher.example",
        "https://256.0.0.1",
        "https://192.0.2",
        "https://192.0.2.01",
        "https://[::1",
        "https://::1",
        "https://[1::2::3]",
        "https://*.example.org",
        "https://app.example.org,https://b",
        " https://a"
      })
  void isNothingElse(String text) {
    assertThatThrownBy(() -> PublicOrigin.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://app.example.org:8443");
  }

  @Test
  void hasAHostOfBoundedLength() {
    assertThat(PublicOrigin.of("https://" + HOST_253)).hasToString("https://" + HOST_253);
    assertThatThrownBy(() -> PublicOrigin.of("https://" + HOST_253 + "a"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PublicOrigin.of("https://a" + LABEL_63))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
