package io.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys on HTTPS and proxies, and the methods of the builder for them. */
class TransportReaderOnClassPathTest {

  private static final String SOUND = """
      version: 1
      userstore: {implementation: listed, properties: {users: ['alice:user']}}
      authentication_providers: [{name: caller, implementation: named}]
      authorization: none
      """;

  @TempDir
  Path folder;

  private String opened(String more) {
    Path file = folder.resolve("security.yaml");
    try {
      Files.writeString(file, SOUND + more + "\n");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    try (Sallyport sallyport = Sallyport.load(file)) {
      return sallyport.summary();
    } catch (InvalidConfigurationException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void readsEverything() {
    String summary = opened("""
        require_https: redirect
        public_origin: https://app.example.org:8443
        trusted_proxies: {ranges: [127.0.0.1/32, '10.0.0.0/8', 'fd00::/8'], header: x-forwarded, max_hops: 16}
        hsts: {max_age: 730d, include_subdomains: true, preload: true}
        """);

    assertThat(summary)
        .contains("HTTPS required (308 to https://app.example.org:8443)")
        .contains(
            "trusted proxies [127.0.0.1, 10.0.0.0/8, fd00::/8] by X-Forwarded-For and -Proto");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "require_https: reject",
        "require_https: REJECT",
        "trusted_proxies: {ranges: 10.0.0.1, header: forwarded}",
        "trusted_proxies: {ranges: [10.0.0.1], header: x_forwarded, max_hops: 1}",
        "public_origin: https://app.example.org",
        "hsts: off",
        "hsts: {}",
        "hsts: {max_age: 0s}",
        "hsts: {max_age: 3650d}",
        "hsts: {max_age: 365d, include_subdomains: true, preload: true}",
      })
  void acceptsEachAlone(String more) {
    assertThat(opened(more)).startsWith("profile standard");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "require_https: true                                   | expected one of reject, redirect",
        "require_https: off                                    | expected one of reject, redirect",
        "require_https: redirect                               | configure public_origin",
        "public_origin: http://app.example.org                 | expected https://",
        "public_origin: https://app.example.org/               | without a slash at the end",
        "public_origin: ''                                     | expected https://",
        "trusted_proxies: {}                                   | trusted_proxies.header",
        "trusted_proxies: {header: forwarded}                  | expected at least one address",
        "trusted_proxies: {ranges: [], header: forwarded}      | expected at least one address",
        "trusted_proxies: {ranges: [10.0.0.1]}                 | expected x-forwarded or forwarded",
        "trusted_proxies: {ranges: [10.0.0.1], header: both}   | expected one of x-forwarded, forwarded",
        "trusted_proxies: {ranges: [10.0.0.1/8], header: forwarded}  | write 10.0.0.0/8",
        "trusted_proxies: {ranges: [0.0.0.0/0], header: forwarded}   | is every address",
        "trusted_proxies: {ranges: ['::/0'], header: forwarded}      | is every address",
        "trusted_proxies: {ranges: [0.0.0.0/1, 128.0.0.0/1], header: forwarded} | is no network",
        "trusted_proxies: {ranges: [localhost], header: forwarded}   | names are not resolved",
        "trusted_proxies: {ranges: [1.1.1.1], header: forwarded, max_hops: 0}  | from 1 to 16",
        "trusted_proxies: {ranges: [1.1.1.1], header: forwarded, max_hops: 17} | from 1 to 16",
        "trusted_proxies: {ranges: [1.1.1.1], header: forwarded, hops: 1}      | unknown key",
        "trusted_proxies: 10.0.0.1                             | expected a mapping",
        "hsts: on                                              | expected off, or a section",
        "hsts: {max_age: 3651d}                                | from 0ms to 3650d",
        "hsts: {max_age: 500ms}                                | in whole seconds",
        "hsts: {include_subdomains: yes}                       | expected true or false",
        "hsts: {preload: true}                                 | preload needs include_subdomains",
        "hsts: {max_age: 364d, include_subdomains: true, preload: true} | at least 365d",
        "hsts: {maxage: 1d}                                    | did you mean \"max_age\"",
      })
  void stopsTheStartWithAMessageThatSaysWhatToWrite(String more, String message) {
    assertThat(opened(more)).contains("the application was not started").contains(message);
  }

  @Test
  void theBuilderRefusesWhatIsOutOfBounds() {
    assertThatThrownBy(() -> TrustedProxies.xForwarded())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TrustedProxies.forwarded("10.0.0.1").maxHops(0))
        .hasMessageContaining("1 to 16, got 0");
    assertThatThrownBy(() -> TrustedProxies.forwarded("10.0.0.1").maxHops(17))
        .hasMessageContaining("1 to 16, got 17");
    assertThatThrownBy(() -> Hsts.of(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hsts.of(Duration.ofDays(3650).plusSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hsts.of(Duration.ofDays(365)).preload())
        .hasMessageContaining("include_subdomains");
    assertThatThrownBy(() -> Sallyport.builder().publicOrigin("https://a/b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theBuilderTellsWhatItWasGiven() {
    assertThat(TrustedProxies.forwarded("10.0.0.1", "fd00::/8").maxHops(2))
        .hasToString("trusted proxies [10.0.0.1, fd00::/8] by Forwarded");
    assertThat(Hsts.of(Duration.ZERO).value()).isEqualTo("max-age=0");
    assertThat(Hsts.of(Duration.ofDays(365)).includeSubdomains().preload().value())
        .isEqualTo("max-age=31536000; includeSubDomains; preload");
  }
}
