package io.sallyport.authprovider.token.internal.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IssuerAddressTest {

  @ParameterizedTest
  @ValueSource(strings = {"https://id.example.org", "HTTPS://id.example.org:8443/realms/main?x=1"})
  void acceptsHttpsAlways(String address) {
    assertThat(IssuerAddress.parse(address, false)).contains(URI.create(address));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:1", "http://127.0.0.1/keys", "http://[::1]:8080/"})
  void acceptsPlainHttpFromThisMachineWhereThatIsSaid(String address) {
    assertThat(IssuerAddress.parse(address, true)).contains(URI.create(address));
    assertThat(IssuerAddress.parse(address, false)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id.example.org",
        "//id.example.org/keys",
        "/keys",
        "https:",
        "https:///keys",
        "https://user@id.example.org",
        "https://id.example.org/#x",
        "https://id.example.org/ü",
        "https://id.example.org/a b",
        "http://id.example.org",
        "http://localhost.example.org",
        "http://127.0.0.2",
        "ftp://localhost/keys",
        "file:///etc/passwd",
        "jar:https://localhost/x!/y"
      })
  void acceptsNothingElse(String address) {
    assertThat(IssuerAddress.parse(address, true)).isEmpty();
  }

  /** OpenID Connect Discovery section 4: a slash at the end goes away before the path is added. */
  @Test
  void knowsWhereMetadataAre() {
    assertThat(IssuerAddress.discovery("https://id.example.org/a"))
        .hasToString("https://id.example.org/a/.well-known/openid-configuration");
    assertThat(IssuerAddress.discovery("https://id.example.org/a/"))
        .hasToString("https://id.example.org/a/.well-known/openid-configuration");
  }
}
