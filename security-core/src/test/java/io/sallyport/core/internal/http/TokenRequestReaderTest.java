package io.sallyport.core.internal.http;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sallyport.api.Restrictions;
import io.sallyport.api.TokenRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRequestReaderTest {

  private static final Instant NOW = Instant.parse("2026-11-23T22:36:49.5Z");
  private static final String BODY = "{\"description\":\"n\u00e4chtlich\"}";

  private static TokenRequest read(byte[] body) throws IOException {
    return TokenRequestReader.read(new ByteArrayInputStream(body), NOW, "past");
  }

  @Test
  void readsUtf8WithOrWithoutItsMark() throws IOException {
    TokenRequest expected = new TokenRequest("n\u00e4chtlich", null);

    assertThat(read(BODY.getBytes(UTF_8))).isEqualTo(expected);
    assertThat(read(("\uFEFF" + BODY).getBytes(UTF_8))).isEqualTo(expected);
  }

  @Test
  void refusesAnEncodingThatOthersReadDifferently() {
    assertThatIllegalArgumentException().isThrownBy(() -> read(BODY.getBytes(UTF_16)));
  }

  /** Half a character in UTF-8, and what a reader of UTF-32 would take for a broken connection. */
  @ParameterizedTest
  @ValueSource(strings = {"7b22c3227d", "0000feff7fffffff", "fffe000000000011"})
  void refusesBrokenText(String hex) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(HexFormat.of().parseHex(hex)))
        .withMessageStartingWith("The body must be");
  }

  private static TokenRequest read(String body) throws IOException {
    return read(body.getBytes(UTF_8));
  }

  @Test
  void readsWhatATokenIsToBeGoodFor() throws IOException {
    TokenRequest wish = read("""
        {"description": "ci", "expires": "+1day+10min", "roles": ["user"], "tenants": ["a", "b"],
         "endpoints": ["GET /x/**", "* /y"]}""");

    assertThat(wish.description()).isEqualTo("ci");
    assertThat(wish.expiresAt()).isEqualTo(Instant.parse("2026-11-24T22:46:00Z"));
    assertThat(wish.restrictions())
        .isEqualTo(Restrictions.none()
            .withRoles(Set.of("user"))
            .withTenants(Set.of("a", "b"))
            .withEndpoints(List.of("GET /x/**", "* /y")));
  }

  @Test
  void takesNothingForTheDefault() throws IOException {
    assertThat(read("""
        {"description": null, "expiration_date": null, "roles": null, "tenants": null,
         "endpoints": null}""")).isEqualTo(TokenRequest.defaults());
    assertThat(read("{\"roles\": []}").restrictions().roles()).contains(Set.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'description': 1};description must be a text",
        "{'description': {}};description must be a text",
        "{'description': 'a\\nb'};without control characters",
        "{'description': '\\ud800'};without control characters",
        "{'expires': true};expires must be a text",
        "{'expires': 'soon'};expires must be an instant",
        "{'expires': '2026-11-23 22:36'};past",
        "{'expires': '22:36'};past",
        "{'expires': '+0min'};past",
        "{'expires': '+1h', 'expiration_date': '+1h'};Say either",
        "{'roles': 'user'};roles must be a list",
        "{'roles': [1]};each of roles must be a text",
        "{'roles': [null]};roles must be at most",
        "{'tenants': ['']};tenants must be at most",
        "{'tenants': ['a\\u0000']};tenants must be at most",
        "{'endpoints': [['GET /x']]};each of endpoints must be a text",
        "{'endpoints': ['/x']};endpoints: expected a method and a path",
        "{'endpoints': ['GET x']};endpoints: ",
        "{'a': [[[[[[[[1]]]]]]]]};The body must be",
        "{'secret_hash': 'x'};The body must be"
      })
  void saysWhatIsWrongWithAWish(String body, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(body.replace('\'', '"')))
        .withMessageContaining(message);
  }

  @Test
  void boundsWhatIsKeptForACaller() {
    String long256 = "x".repeat(256);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("{\"description\": \"" + "x".repeat(1025) + "\"}"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("{\"roles\": [\"" + long256 + "x\"]}"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("{\"roles\": [" + "\"r\",".repeat(100) + "\"r\"]}"));
    assertThatIllegalArgumentException().isThrownBy(() -> read(" ".repeat(8193)));
  }
}
