package io.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.core.internal.browser.CorsPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {

  private static final Cors CONSOLE = Cors.of("https://console.example.org");

  @Test
  void permitsLittleUnlessToldMore() {
    CorsPolicy policy = CONSOLE.policy();

    assertThat(policy.origins()).hasSize(1);
    assertThat(policy.any()).isFalse();
    assertThat(policy.methods()).isEmpty();
    assertThat(policy.headers()).isEmpty();
    assertThat(policy.exposed()).isEmpty();
    assertThat(policy.credentials()).isFalse();
    assertThat(policy.maxAge()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void addsUpWhatItIsTold() {
    CorsPolicy policy = CONSOLE
        .methods("GET", "POST", "PURGE")
        .headers("Authorization")
        .expose("Sallyport-Decision")
        .maxAge(Duration.ofHours(24))
        .withCredentials()
        .policy();

    assertThat(policy.origins()).hasToString("[https://console.example.org]");
    assertThat(policy.methods()).containsExactly("GET", "POST", "PURGE");
    assertThat(policy.headers()).containsExactly("Authorization");
    assertThat(policy.exposed()).containsExactly("Sallyport-Decision");
    assertThat(policy.maxAge()).isEqualTo(Duration.ofHours(24));
    assertThat(policy.credentials()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "https://*.example.org",
        "https://console.example.org/",
        "console.example.org",
        "https://bücher.example"
      })
  void takesNoOriginThatBrowsersDoNotSend(String origin) {
    assertThatThrownBy(() -> Cors.of("https://console.example.org", origin))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(origin);
  }

  @Test
  void takesEveryOriginAloneAndWithoutCredentialsOnly() {
    assertThat(Cors.of("*").policy().any()).isTrue();
    assertThatThrownBy(() -> Cors.of("*", "https://console.example.org"))
        .hasMessageContaining("alone");
    assertThatThrownBy(() -> Cors.of("*").withCredentials()).hasMessageContaining("by name");
    assertThatThrownBy(Cors::of).hasMessageContaining("at least one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "", "put", "Patch", "TRACE", "connect", "TRACK", "A B", "GET,POST"})
  void takesNoMethodThatBrowsersDoNotSend(String method) {
    assertThatThrownBy(() -> CONSOLE.methods("GET", method))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(method);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "", "X Y", "X:", "X\r\nSet-Cookie", "Ä"})
  void takesNoHeaderFieldThatIsNone(String name) {
    assertThatThrownBy(() -> CONSOLE.headers(name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CONSOLE.expose(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void boundsHowLongItIsRemembered() {
    assertThat(CONSOLE.maxAge(Duration.ZERO).policy().maxAge()).isZero();
    assertThatThrownBy(() -> CONSOLE.maxAge(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CONSOLE.maxAge(Duration.ofHours(24).plusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
