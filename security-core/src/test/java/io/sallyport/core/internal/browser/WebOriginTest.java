package io.sallyport.core.internal.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebOriginTest {

  private static final WebOrigin CONSOLE =
      WebOrigin.parse("https://console.example.org").orElseThrow();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://console.example.org",
        "https://console.example.org:443",
        "https://CONSOLE.example.ORG",
        "HTTPS://console.example.org"
      })
  void isTheSameHoweverItIsWritten(String text) {
    assertThat(WebOrigin.parse(text)).contains(CONSOLE);
  }

  @ParameterizedTest
  @CsvSource({
    "https://console.example.org:443, https://console.example.org",
    "http://localhost:80, http://localhost",
    "http://localhost:443, http://localhost:443",
    "https://localhost:80, https://localhost:80",
    "http://127.0.0.1:3000, http://127.0.0.1:3000",
    "http://[::1]:3000, http://[::1]:3000",
    "https://xn--bcher-kva.example, https://xn--bcher-kva.example",
    "capacitor://localhost, capacitor://localhost",
    "http://my_host:65535, http://my_host:65535"
  })
  void isWrittenAsBrowsersWriteIt(String text, String written) {
    assertThat(WebOrigin.parse(text).orElseThrow()).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://console.example.org.evil.example",
        "https://evil-console.example.org",
        "https://evilconsole.example.org",
        "https://console.example.orgevil.example",
        "https://example.org",
        "http://console.example.org",
        "https://console.example.org:8443",
        "https://console.example.org:80",
        "https://xn--cnsole-dxf.example.org",
        "https://consoleXexample.org"
      })
  void isAnotherOriginThanOneThatLooksLikeIt(String text) {
    assertThat(WebOrigin.parse(text)).isPresent().get().isNotEqualTo(CONSOLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "*",
        "console.example.org",
        "//console.example.org",
        "https:console.example.org",
        "https:/console.example.org",
        "https:///console.example.org",
        "https://",
        "https://*.example.org",
        "https://console.example.org/",
        "https://console.example.org/path",
        "https://console.example.org?query",
        "https://console.example.org#fragment",
        "https://evil.example\\@console.example.org",
        "https://evil.example@console.example.org",
        "https://console.example.org@evil.example",
        "https://console.example.org:443@evil.example",
        "https://console.example.org.",
        "https://.console.example.org",
        "https://console..example.org",
        "https://console.example.org:",
        "https://console.example.org:0",
        "https://console.example.org:0443",
        "https://console.example.org:65536",
        "https://console.example.org:443443",
        "https://console.example.org:+443",
        "https://console.example.org:٤٤٣",
        "https://console%2eexample.org",
        "https://bücher.example",
        "https://conſole.example.org",
        "https://\u212Aonsole.example.org",
        "https://console。example.org",
        "https://console.example.org, https://evil.example",
        "https://console.example.org https://evil.example",
        "https://console.example.org\thttps://evil.example",
        " https://console.example.org",
        "https://console.example.org\u0000",
        "https://console.example.org\n",
        "https://::1",
        "http://[::1",
        "http://[]",
        "http://[::1]x",
        "http://[fe80::1%25eth0]"
      })
  void readsNothingElse(String text) {
    assertThat(WebOrigin.parse(text)).isEmpty();
  }

  @Test
  void readsNothingThatIsTooLong() {
    assertThat(WebOrigin.parse("https://" + "a".repeat(504))).isPresent();
    assertThat(WebOrigin.parse("https://" + "a".repeat(505))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example.org, app.example.org, true, true",
    "https://app.example.org, app.example.org:443, true, true",
    "https://app.example.org, APP.example.org, true, true",
    "https://app.example.org:8443, app.example.org:8443, true, true",
    "http://app.example.org:8080, app.example.org:8080, false, true",
    // a proxy may have ended TLS
    "https://app.example.org, app.example.org, false, true",
    // a page over plain HTTP is anybody's who is on the way
    "http://app.example.org, app.example.org, true, false",
    "https://app.example.org, app.example.org:8443, true, false",
    "https://app.example.org:8443, app.example.org, true, false",
    "https://app.example.org, app.example.org:80, false, false",
    "https://app.example.org, app.example.org.evil.example, true, false",
    "https://app.example.org, x@app.example.org, true, false",
    "capacitor://app.example.org, app.example.org, false, false",
    "capacitor://app.example.org, app.example.org, true, false"
  })
  void isServedByItsOwnHostOnly(String origin, String host, boolean secure, boolean served) {
    assertThat(WebOrigin.parse(origin).orElseThrow().isServedBy(host, secure)).isEqualTo(served);
  }

  @Test
  void readsWhateverItIsGivenAsOneOriginOrNone() {
    var random = new Random(15);
    String alphabet = "htps:/.-_[]@%,*0123456789azAZ\u0000 \u212A\u0130";
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder(random.nextBoolean() ? "https://" : "");
      random
          .ints(random.nextInt(40), 0, alphabet.length())
          .forEach(at -> text.append(alphabet.charAt(at)));

      WebOrigin.parse(text.toString())
          .ifPresent(origin -> assertThat(WebOrigin.parse(origin.toString())).contains(origin));
    }
  }
}
