package io.sallyport.core.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sallyport.api.Authorization;
import io.sallyport.api.Target;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolesFileTest {

  private static final Duration A_HANG = Duration.ofSeconds(30);

  private static Authorization decide(RolesFile file, String method, String path, String... held) {
    return file.decide(Set.of(held), Set.of(held), new Target(method, path));
  }

  /** A credential that is good for fewer roles takes from its user, and must not give. */
  @Test
  void aRoleThatTheCredentialIsNotGoodForDeniesAllTheSameAndAllowsNothing() {
    var builder = RolesFile.builder();
    builder.allow("deployer", "*", List.of("*"));
    builder.allow("trainee", "/desk", List.of("GET"));
    builder.deny("trainee", "/vault", List.of("*"));
    RolesFile file = builder.build();
    Set<String> held = Set.of("deployer", "trainee");

    Authorization vault = file.decide(held, Set.of("deployer"), new Target("GET", "/vault"));
    Authorization hall = file.decide(held, Set.of("deployer"), new Target("GET", "/hall"));
    Authorization nothing = file.decide(held, Set.of(), new Target("GET", "/desk"));

    assertThat(vault).isInstanceOf(Authorization.Denied.class);
    assertThat(hall).isInstanceOf(Authorization.Allowed.class);
    assertThat(nothing).isInstanceOf(Authorization.NotAllowed.class);
  }

  private static RolesFile allowing(String path, String... methods) {
    var builder = RolesFile.builder();
    builder.allow("role", path, List.of(methods));
    return builder.build();
  }

  private static RolesFile denying(String path, String... methods) {
    var builder = RolesFile.builder();
    builder.allow("role", "*", List.of("*"));
    builder.deny("role", path, List.of(methods));
    return builder.build();
  }

  @ParameterizedTest
  @CsvSource({
    "*,            /,              true",
    "*,            /a/b/c,         true",
    "/a,           /a,             true",
    "/a,           /a/,            false",
    "/a,           /a/b,           false",
    "/a,           /A,             false",
    "/a/*,         /a,             true",
    "/a/*,         /a/,            true",
    "/a/*,         /a/b/c,         true",
    "/a/*,         /ab,            false",
    "/a*,          /ab/c,          true",
    "/a*,          /b,             false",
    "/a/*/c,       /a/b/c,         true",
    "/a/*/c,       /a/b/b/c,       true",
    "/a/*/c,       /a/c,           false",
    "/a/*/c/*,     /a/b/c,         true",
    "/a/*/c/*,     /a/b/c/d,       true",
    "/a/*/c/*,     /a/b/cd,        false",
    "/v2.1,        /v2.1,          true",
    "/v2.1,        /v2x1,          false",
    "/(a|b)+[c]^$, '/(a|b)+[c]^$', true",
    "*/c,          /a/b/c,         true",
    "*/c,          /a/b/d,         false",
    "**,           /a,             true",
    "/*,           /a,             true"
  })
  void readsAnAsteriskAsAnyCharactersAndAllElseAsItself(
      String pattern, String path, boolean expected) {
    Authorization answer = decide(allowing(pattern, "GET"), "GET", path, "role");

    assertThat(answer instanceof Authorization.Allowed).isEqualTo(expected);
    assertThat(answer instanceof Authorization.NotAllowed).isEqualTo(!expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/a,   /a,    true",
    "/a,   /a/,   true",
    "/a,   /a/b,  false",
    "/a/*, /a/,   true",
    "/a/,  /a,    false",
    "/*a,  /ba/,  true",
    "/,    /,     true",
    "/,    /a/,   false",
  })
  void deniesWithATrailingSlashToo(String pattern, String path, boolean expected) {
    RolesFile file = denying(pattern, "GET");

    assertThat(decide(file, "GET", path, "role") instanceof Authorization.Denied)
        .isEqualTo(expected);
    assertThat(file.mayDeny(new Target("GET", path))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  GET,    true",
    "get,  GET,    true",
    "Get,  GET,    true",
    "GET,  get,    false",
    "GET,  POST,   false",
    "*,    POST,   true",
    "*,    post,   true",
    "GET;*, POST,  true",
    "GET;HEAD, GET, true",
    "GET;PUT,  PUT, true"
  })
  void upperCasesTheFilesMethodsAndMatchesTheRequestsExactly(
      String listed, String method, boolean expected) {
    RolesFile file = allowing("/a", listed.split(";"));

    assertThat(decide(file, method, "/a", "role") instanceof Authorization.Allowed)
        .isEqualTo(expected);
  }

  @Test
  void isAllowedIfSomeRoleAllowsAndNoneDenies() {
    var builder = RolesFile.builder();
    builder.allow("reader", "/a/*", List.of("GET"));
    builder.allow("writer", "/a/*", List.of("PUT"));
    builder.deny("blocked", "/a/b", List.of("*"));
    RolesFile file = builder.build();

    assertThat(decide(file, "PUT", "/a/b", "reader", "writer"))
        .isEqualTo(new Authorization.Allowed("role writer allows PUT /a/*"));
    assertThat(decide(file, "PUT", "/a/b", "reader"))
        .isEqualTo(new Authorization.NotAllowed("none of the caller's roles allows it: reader"));
    assertThat(decide(file, "PUT", "/a/b", "writer", "blocked"))
        .isEqualTo(new Authorization.Denied("role blocked denies * /a/b"));
    assertThat(decide(file, "PUT", "/a/c", "writer", "blocked"))
        .isInstanceOf(Authorization.Allowed.class);
    assertThat(decide(file, "GET", "/a/c", "blocked")).isInstanceOf(Authorization.NotAllowed.class);
  }

  @Test
  void givesNothingForRolesThatAreNotInTheFile() {
    RolesFile file = allowing("*", "*");

    assertThat(decide(file, "GET", "/a", "stranger")).isInstanceOf(Authorization.NotAllowed.class);
    assertThat(decide(file, "GET", "/a", "stranger", "role"))
        .isInstanceOf(Authorization.Allowed.class);
    assertThat(decide(file, "GET", "/a"))
        .isEqualTo(new Authorization.NotAllowed("the caller has no role"));
  }

  /** Invariants 1 and 2. */
  @Test
  void allowsNothingIfItIsEmpty() {
    RolesFile file = RolesFile.builder().build();

    assertThat(decide(file, "GET", "/a", "role")).isInstanceOf(Authorization.NotAllowed.class);
    assertThat(file.mayDeny(new Target("GET", "/a"))).isFalse();
  }

  @Test
  void mayDenyWhatAnyRoleIsDenied() {
    var builder = RolesFile.builder();
    builder.deny("one", "/a", List.of("GET"));
    builder.deny("two", "/a", List.of("PUT"));
    builder.deny("three", "/a", List.of("*"));
    builder.deny("four", "/b", List.of("GET"));
    builder.deny("five", "/b", List.of("PUT"));
    RolesFile file = builder.build();

    assertThat(file.mayDeny(new Target("X", "/a"))).isTrue();
    assertThat(file.mayDeny(new Target("GET", "/b"))).isTrue();
    assertThat(file.mayDeny(new Target("PUT", "/b"))).isTrue();
    assertThat(file.mayDeny(new Target("X", "/b"))).isFalse();
    assertThat(file.mayDeny(new Target("GET", "/c"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "?", "/a%20", "/a\\b", "/a//b", "/./a", "/a/..", "/a\u0000", "/a\u0085"})
  void refusesAPathThatNoRequestCanHave(String path) {
    assertThatThrownBy(() -> denying(path, "GET")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesPathsUpToItsBound() {
    String longest = "/" + "a".repeat(1023);

    assertThat(decide(allowing(longest, "GET"), "GET", longest, "role"))
        .isInstanceOf(Authorization.Allowed.class);
    assertThatThrownBy(() -> allowing(longest + "a", "GET"))
        .hasMessageContaining("at most 1024 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "head", "", "G T", "GET,PUT", "dıs"})
  void refusesMethodsThatNoRequestIsDecidedOn(String method) {
    assertThatThrownBy(() -> denying("/a", method)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void matchesAsAQuotedRegularExpressionDoes() {
    var random = new Random(20261126);
    int matched = 0;
    for (int table = 0; table < 2_000; table++) {
      Set<String> patterns = new HashSet<>();
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        patterns.add(randomPattern(random));
      }
      var builder = RolesFile.builder();
      patterns.forEach(pattern -> builder.allow("role", pattern, List.of("GET")));
      patterns.forEach(pattern -> builder.deny("other", pattern, List.of("GET")));
      RolesFile file = builder.build();
      for (int i = 0; i < 50; i++) {
        String path = randomPath(random);
        boolean allowed = patterns.stream().anyMatch(pattern -> describes(pattern, path));
        boolean denied = allowed
            || (path.endsWith("/")
                && patterns.stream()
                    .anyMatch(pattern -> describes(pattern, path.substring(0, path.length() - 1))));

        assertThat(decide(file, "GET", path, "role") instanceof Authorization.Allowed)
            .as("%s %s", patterns, path)
            .isEqualTo(allowed);
        assertThat(decide(file, "GET", path, "other") instanceof Authorization.Denied)
            .as("%s %s", patterns, path)
            .isEqualTo(denied);
        assertThat(file.mayDeny(new Target("GET", path))).isEqualTo(denied);
        matched += allowed ? 1 : 0;
      }
    }

    assertThat(matched).isGreaterThan(10_000);
  }

  private static boolean describes(String pattern, String path) {
    boolean whole = Pattern.matches(quoted(pattern), path);
    return whole
        || (pattern.endsWith("/*")
            && Pattern.matches(quoted(pattern.substring(0, pattern.length() - 2)), path));
  }

  private static String quoted(String pattern) {
    return String.join(
        ".*", Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).toList());
  }

  private static String randomPattern(Random random) {
    String[] pieces = {"a", "b", "/a", "/b", "*", "/*", "/"};
    var pattern = new StringBuilder(random.nextInt(6) == 0 ? "*" : "/a");
    for (int i = random.nextInt(5); i > 0; i--) {
      pattern.append(pieces[random.nextInt(pieces.length)]);
    }
    return pattern.toString().replaceAll("/{2,}", "/");
  }

  private static String randomPath(Random random) {
    String[] pieces = {"/a", "/b", "a", "b"};
    var path = new StringBuilder("/");
    path.append(random.nextBoolean() ? "a" : "b");
    for (int i = random.nextInt(6); i > 0; i--) {
      path.append(pieces[random.nextInt(pieces.length)]);
    }
    return random.nextInt(4) == 0 ? path.append('/').toString() : path.toString();
  }

  @Test
  void comparesHostilePathsInBoundedTime() {
    RolesFile file = denying("/*a*a*a*a*a*a*a*a*b", "GET");

    Authorization answer = assertTimeoutPreemptively(
        A_HANG, () -> decide(file, "GET", "/" + "a".repeat(8_000), "role"));

    assertThat(answer).isInstanceOf(Authorization.Allowed.class);
  }

  @Test
  void takesTenThousandRows() {
    RolesFile file = assertTimeoutPreemptively(A_HANG, () -> {
      var builder = RolesFile.builder();
      for (int i = 0; i < 10_000; i++) {
        builder.allow("role", "/t" + i + (i % 2 == 0 ? "/*" : ""), List.of("GET"));
      }
      return builder.build();
    });

    assertThat(decide(file, "GET", "/t9998/x", "role"))
        .isEqualTo(new Authorization.Allowed("role role allows GET /t9998/*"));
    assertThat(decide(file, "GET", "/t9999", "role")).isInstanceOf(Authorization.Allowed.class);
    assertThat(decide(file, "GET", "/t9999/x", "role"))
        .isInstanceOf(Authorization.NotAllowed.class);
  }
}
