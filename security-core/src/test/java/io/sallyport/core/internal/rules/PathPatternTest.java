package io.sallyport.core.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sallyport.api.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PathPatternTest {

  @ParameterizedTest
  @CsvSource({
    "/a,          /a,         true",
    "/a,          /a/,        false",
    "/a,          /A,         false",
    "/a/,         /a/,        true",
    "/a/,         /a,         false",
    "/,           /,          true",
    "/,           /a,         false",
    "/a/**,       /a,         true",
    "/a/**,       /a/,        true",
    "/a/**,       /a/b/c,     true",
    "/a/**,       /ab,        false",
    "/**,         /,          true",
    "/**,         /a/b/,      true",
    "/a/*,        /a/b,       true",
    "/a/*,        /a/,        false",
    "/a/*,        /a,         false",
    "/a/*,        /a/b/,      false",
    "/a/{id},     /a/b,       true",
    "/a/{id},     /a/b/c,     false",
    "/v*.json,    /v.json,    true",
    "/v*.json,    /v1.2.json, true",
    "/v*.json,    /v1xjson,   false",
    "/a.c,        /abc,       false",
    "/(a|b)+$^[c],'/(a|b)+$^[c]', true",
    "/a/**/b,     /a/b,       true",
    "/a/**/b,     /a/x/b/b,   true",
    "/a/**/b,     /a/x/b/,    false",
    "/a/**/*/b,   /a/b,       false",
    "/a/**/,      /a/x/,      true",
    "/a/**/,      /a/x,       false",
    "/a b/ä,      /a b/ä,     true",
    "/a,          a,          false",
    "/a,          '',         false"
  })
  void describesPathsBySegment(String pattern, String path, boolean expected) {
    assertThat(PathPattern.parse(pattern).matches(path)).isEqualTo(expected);
  }

  static Stream<Arguments> wrongPatterns() {
    return Stream.of(
        arguments("", "must begin with /"),
        arguments("a", "must begin with /"),
        arguments("*", "must begin with /"),
        arguments("//a", "empty segment"),
        arguments("/a//b", "empty segment"),
        arguments("/a//", "empty segment"),
        arguments("/./a", ". or .."),
        arguments("/a/..", ". or .."),
        arguments("/a**", "** as a segment of its own"),
        arguments("/***", "** as a segment of its own"),
        arguments("/**/**", "must not repeat **"),
        arguments("/a%20b", "instead of %"),
        arguments("/a;b", "must not hold ;"),
        arguments("/a\\b", "must not hold \\"),
        arguments("/a?b", "a query is no part"),
        arguments("/a#b", "must not hold #"),
        arguments("/a\nb", "control characters"),
        arguments("/{", "{name}"),
        arguments("/}", "{name}"),
        arguments("/{}", "{name}"),
        arguments("/{a}b", "{name}"),
        arguments("/{*a}", "{name}"),
        arguments("/{a:[0-9]+}", "{name}"),
        arguments("/" + "a".repeat(1024), "at most 1024 characters"),
        arguments("/a".repeat(65), "at most 64 segments"));
  }

  @ParameterizedTest
  @MethodSource("wrongPatterns")
  void refusesWhatIsNoPattern(String text, String message) {
    assertThatThrownBy(() -> PathPattern.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void takesPatternsUpToItsBounds() {
    String longest = "/" + "a".repeat(1023);
    String deepest = "/a".repeat(64);

    assertThat(PathPattern.parse(longest).matches(longest)).isTrue();
    assertThat(PathPattern.parse(deepest).matches(deepest)).isTrue();
    assertThat(PathPattern.parse("/{a_Z-9}").matches("/x")).isTrue();
  }

  @Test
  void matchesAsAPlainSearchDoes() {
    var random = new Random(20261125);
    String[] patterns = {"a", "b", "*", "**", "a*", "*b*", ""};
    String[] segments = {"a", "b", "ab", "ba"};
    int matched = 0;
    for (int i = 0; i < 200_000; i++) {
      String pattern =
          joined(random, patterns).replaceAll("/(?=/)", "").replaceAll("(/\\*\\*)+", "/**");
      String path = joined(random, segments) + (random.nextInt(4) == 0 ? "/" : "");
      boolean expected = NaiveRules.describes(segmentsOf(pattern), segmentsOf(path));

      assertThat(PathPattern.parse(pattern).matches(path))
          .as(pattern + " " + path)
          .isEqualTo(expected);
      matched += expected ? 1 : 0;
    }

    assertThat(matched).isGreaterThan(10_000);
  }

  private static String joined(Random random, String[] choice) {
    var joined = new StringBuilder();
    for (int count = 1 + random.nextInt(6); count > 0; count--) {
      joined.append('/').append(choice[random.nextInt(choice.length)]);
    }
    return joined.toString();
  }

  private static List<String> segmentsOf(String path) {
    return Arrays.asList(path.substring(1).split("/", -1));
  }

  @Test
  void comparesAHostilePathInBoundedTime() {
    PathPattern pattern = PathPattern.parse("/**/a/**/a/**/a/**/a/**/a/**/b");

    boolean matches = assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> pattern.matches("/a".repeat(4_000)));

    assertThat(matches).isFalse();
  }

  @Test
  void isEqualToWhatDescribesTheSamePaths() {
    PathPattern named = PathPattern.parse("/a/{id}/**");

    assertThat(named)
        .isEqualTo(PathPattern.parse("/a/*/**"))
        .hasSameHashCodeAs(PathPattern.parse("/a/*/**"))
        .isNotEqualTo(PathPattern.parse("/a/*"))
        .isNotEqualTo(null)
        .hasToString("/a/{id}/**");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /version        | GET  | /version   | true",
        "GET /version        | POST | /version   | false",
        "GET /version        | GET  | /version/  | false",
        "GET,POST /a/**      | POST | /a/b       | true",
        "* /a/**             | X    | /a         | true",
        "* /a/**             | X    | /b         | false",
        "'GET  /a'           | GET  | /a         | true",
      })
  void readsAnEndpointFromALine(String line, String method, String path, boolean expected) {
    Endpoint endpoint = Endpoint.parse(line);

    assertThat(endpoint.matches(new Target(method, path))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/version     | expected a method and a path",
        "/a b         | expected a method and a path",
        "GET          | expected a method and a path",
        "''           | expected a method and a path",
        "' /a'        | expected a method and a path",
        "GET version  | must begin with /",
        "get /a       | write GET",
        "GET,,PUT /a  | expected methods",
      })
  void refusesALineThatIsNoEndpoint(String line, String message) {
    assertThatThrownBy(() -> Endpoint.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void knowsTheMethodsOfAnEndpoint() {
    assertThat(Endpoint.parse("GET,HEAD /a").methods()).isEqualTo(Set.of("GET"));
    assertThat(Endpoint.parse("GET,* /a").methods()).isEqualTo(AccessRule.ANY_METHOD);
  }
}
