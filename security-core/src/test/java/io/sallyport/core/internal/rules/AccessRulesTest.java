package io.sallyport.core.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sallyport.api.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessRulesTest {

  private static final Duration A_HANG = Duration.ofSeconds(30);

  /** Reads {@code GET,PUT /path open}, the form in which these tests write rules. */
  private static AccessRule rule(String text) {
    String[] words = text.split(" ", -1);
    return new AccessRule(
        Set.copyOf(Arrays.asList(words[0].split(","))),
        PathPattern.parse(words[1]),
        access(words[2]),
        false,
        text);
  }

  private static Access access(String word) {
    return switch (word) {
      case "open" -> new Access.Open();
      case "authenticated" -> new Access.Authenticated();
      case "deny" -> new Access.Deny();
      default -> new Access.Roles(Set.of(word));
    };
  }

  private static AccessRules rules(String... texts) {
    return AccessRules.of(
        Arrays.stream(texts).map(AccessRulesTest::rule).toList(), new Access.Deny());
  }

  private static String match(AccessRules rules, String method, String path) {
    return rules.match(new Target(method, path)).source();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /public/x,            GET /public/** open",
    "GET,    /public,              GET /public/** open",
    "GET,    /public/,             GET /public/** open",
    "GET,    /public/private,      * /public/private/** admin",
    "GET,    /public/private/,     * /public/private/** admin",
    "PUT,    /public/private/x,    * /public/private/** admin",
    "GET,    /public/privatex,     GET /public/** open",
    "POST,   /public/x,            no rule names it",
    "get,    /public/x,            no rule names it",
    "GET,    /Public/x,            no rule names it",
    "GET,    /publicx,             no rule names it",
    "GET,    /version,             GET /version open",
    "GET,    /version/,            no rule names it",
    "GET,    /version/x,           no rule names it",
    "GET,    /versio,              no rule names it",
    "DELETE, /api/x,               DELETE /api/** operator",
    "DELETE, /api,                 DELETE /api/** operator",
    "GET,    /api/x,               * /api/** authenticated",
    "delete, /api/x,               * /api/** authenticated",
    "*,      /api/x,               * /api/** authenticated",
    "*,      /public/x,            no rule names it",
    "GET,    /,                    no rule names it"
  })
  void letsTheMostSpecificRuleDecide(String method, String path, String expected) {
    AccessRules rules = rules(
        "* /public/private/** admin",
        "GET /public/** open",
        "GET /version open",
        "DELETE /api/** operator",
        "* /api/** authenticated");

    assertThat(match(rules, method, path)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/b/users/x.json, GET /b/users/x.json open",
    "/b/users/y.json, GET /b/users/*.json a",
    "/b/users/yy.js,  GET /b/users/*.js a",
    "/b/users/me,     GET /b/users/{name} b",
    "/b/users/,       GET /b/** d",
    "/b/users/a/b,    GET /b/** d",
    "/b/other/log,    GET /b/**/log c",
    "/b/log,          GET /b/**/log c",
    "/b/1/2/3/log,    GET /b/**/log c",
    "/b/1/log/3,      GET /b/** d",
    "/b/users/log,    GET /b/users/{name} b",
    "/b,              GET /b/** d",
    "/c,              GET /** e",
    "/,               GET /** e"
  })
  void ranksLiteralsBeforePartsBeforeSegmentsBeforeTheRest(String path, String expected) {
    AccessRules rules = rules(
        "GET /** e",
        "GET /b/** d",
        "GET /b/**/log c",
        "GET /b/users/{name} b",
        "GET /b/users/*.js a",
        "GET /b/users/*.json a",
        "GET /b/users/x.json open");

    assertThat(match(rules, "GET", path)).isEqualTo(expected);
  }

  @Test
  void comparesFromTheLeftWhereverTheRestBegins() {
    AccessRules rules = rules("GET /**/a/** one", "GET /**/a/b/** two", "GET /**/*/** three");

    assertThat(match(rules, "GET", "/a/x/a/b")).isEqualTo("GET /**/a/b/** two");
    assertThat(match(rules, "GET", "/x/x/a")).isEqualTo("GET /**/a/** one");
    assertThat(match(rules, "GET", "/x/y")).isEqualTo("GET /**/*/** three");
  }

  @Test
  void goesBackToALessSpecificRuleThatNamesTheMethod() {
    AccessRules rules = rules("DELETE /a/b admin", "GET /a/* open", "* /a/** user");

    assertThat(match(rules, "DELETE", "/a/b")).isEqualTo("DELETE /a/b admin");
    assertThat(match(rules, "GET", "/a/b")).isEqualTo("GET /a/* open");
    assertThat(match(rules, "PUT", "/a/b")).isEqualTo("* /a/** user");
  }

  @Test
  void prefersForOnePathTheRuleThatNamesTheMethod() {
    AccessRules rules = rules("* /a admin", "GET,PUT /a open");

    assertThat(match(rules, "GET", "/a")).isEqualTo("GET,PUT /a open");
    assertThat(match(rules, "PUT", "/a")).isEqualTo("GET,PUT /a open");
    assertThat(match(rules, "DELETE", "/a")).isEqualTo("* /a admin");
  }

  @Test
  void deniesWithATrailingSlashToo() {
    AccessRules rules =
        rules("* /a deny", "* /b/{x} deny", "GET /** open", "* /c/ deny", "* /d/** deny");

    assertThat(match(rules, "GET", "/a")).isEqualTo("* /a deny");
    assertThat(match(rules, "GET", "/a/")).isEqualTo("* /a deny");
    assertThat(match(rules, "GET", "/a/x")).isEqualTo("GET /** open");
    assertThat(match(rules, "GET", "/b/1/")).isEqualTo("* /b/{x} deny");
    assertThat(match(rules, "GET", "/b/")).isEqualTo("GET /** open");
    assertThat(match(rules, "GET", "/c/")).isEqualTo("* /c/ deny");
    assertThat(match(rules, "GET", "/c")).isEqualTo("GET /** open");
    assertThat(match(rules, "GET", "/d")).isEqualTo("* /d/** deny");
    assertThat(match(rules, "GET", "/d/")).isEqualTo("* /d/** deny");
  }

  /** Invariant 2. */
  @Test
  void saysWhatHoldsWhereNoRuleSpeaks() {
    AccessRules table = AccessRules.of(List.of(), new Access.Deny());
    AccessRules none = AccessRules.of(List.of(rule("GET /ok open")), new Access.Authenticated());

    assertThat(table.match(new Target("GET", "/")).access()).isEqualTo(new Access.Deny());
    assertThat(none.match(new Target("GET", "/x")).access()).isEqualTo(new Access.Authenticated());
    assertThat(none.match(new Target("GET", "no path")).access())
        .isEqualTo(new Access.Authenticated());
    assertThat(none.match(new Target("GET", "/ok")).access()).isEqualTo(new Access.Open());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /a open          | GET /a admin        | true",
        "GET /a open          | GET /a open         | true",
        "GET,PUT /a open      | PUT,POST /a admin   | true",
        "* /a open            | * /a admin          | true",
        "* /a/{x} open        | * /a/* admin        | true",
        "GET /a deny          | GET /a/ open        | true",
        "GET /a deny          | GET /a/ deny        | false",
        "GET /a deny          | PUT /a/ open        | false",
        "GET /a open          | PUT /a admin        | false",
        "GET /a open          | * /a admin          | false",
        "GET /a open          | GET /a/ admin       | false",
        "GET /a open          | GET /A admin        | false",
        "GET /a/v* open       | GET /a/*x admin     | true",
        "GET /a/v* open       | * /a/*x admin       | true",
        "GET /a/v* open       | PUT /a/*x admin     | false",
        "GET /a/v* open       | GET /a/*x open      | false",
        "GET /a/v*/b open     | GET /a/*x/c admin   | false",
        "GET /a/v* open       | GET /a/w* admin     | false",
        "GET /a/v* open       | GET /a/*xx admin    | false",
        "GET /a/v*x*y open    | GET /a/v*y*x admin  | false",
        "GET /**/a/** open    | GET /**/b/** admin  | true",
        "GET /**/a open       | GET /**/b admin     | false",
        "GET /**/a/* open     | GET /**/b admin     | true",
        "GET /x/**/a/** open  | GET /y/**/b/** admin | false"
      })
  void findsRulesBetweenWhichSpecificityDoesNotDecide(
      String first, String second, boolean conflict) {
    List<AccessRule> rules = List.of(rule(first), rule(second));

    List<RuleConflict> conflicts = AccessRules.conflicts(rules);

    assertThat(conflicts)
        .isEqualTo(conflict ? List.of(new RuleConflict(rules.get(0), rules.get(1))) : List.of());
  }

  @Test
  void namesBothRulesOfAConflict() {
    List<AccessRule> same = List.of(rule("GET /a open"), rule("GET /a admin"));
    List<AccessRule> slashed = List.of(rule("GET /a deny"), rule("GET /a/ admin"));

    assertThatThrownBy(() -> AccessRules.of(same, new Access.Deny()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\"GET /a open\" and \"GET /a admin\" speak for the same request and neither is more"
                + " specific; remove one, or make its path or method more specific");
    assertThatThrownBy(() -> AccessRules.of(slashed, new Access.Deny()))
        .hasMessageContaining("(a deny also covers the path with a trailing slash)");
  }

  @Test
  void saysNothingOfSlashesWhereTheyAreNotTheReason() {
    List<AccessRule> rules = List.of(rule("GET /**/a/** open"), rule("GET /**/b/** admin"));

    assertThat(AccessRules.conflicts(rules).get(0).message()).doesNotContain("slash");
  }

  @Test
  void reportsABoundedNumberOfConflicts() {
    List<AccessRule> rules = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      rules.add(rule("GET /a role" + i));
      rules.add(rule("GET /b/*" + (char) ('A' + i % 26) + "* role" + i));
    }

    List<RuleConflict> conflicts = AccessRules.conflicts(rules);

    assertThat(conflicts).hasSize(100);
  }

  @Test
  void matchesAHostilePathWithoutStartingOverAndOver() {
    AccessRules rules = rules(
        "GET /**/a/**/a/**/a/**/a/**/a/**/b open",
        "GET /**/*/**/*/**/*/**/*/**/c open",
        "GET /**/a*a*a*a*a*b/** open",
        "GET /x/**/a*/**/*a/**/d open");
    String segments = "/a".repeat(4_000);
    String letters = "/" + "a".repeat(8_000);

    String onSegments = assertTimeoutPreemptively(A_HANG, () -> match(rules, "GET", segments));
    String onLetters = assertTimeoutPreemptively(A_HANG, () -> match(rules, "GET", letters));
    String behindX = assertTimeoutPreemptively(A_HANG, () -> match(rules, "GET", "/x" + segments));
    String found = assertTimeoutPreemptively(A_HANG, () -> match(rules, "GET", segments + "/b"));

    assertThat(List.of(onSegments, onLetters, behindX)).containsOnly("no rule names it");
    assertThat(found).isEqualTo("GET /**/a/**/a/**/a/**/a/**/a/**/b open");
  }

  @Test
  void takesTenThousandRules() {
    List<AccessRule> rules = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      rules.add(
          rule("GET /tenants/t" + i + (i % 3 == 0 ? "" : i % 3 == 1 ? "/{id}" : "/**") + " r" + i));
    }

    AccessRules table =
        assertTimeoutPreemptively(A_HANG, () -> AccessRules.of(rules, new Access.Deny()));

    assertThat(match(table, "GET", "/tenants/t9999")).isEqualTo("GET /tenants/t9999 r9999");
    assertThat(match(table, "GET", "/tenants/t9997/x")).isEqualTo("GET /tenants/t9997/{id} r9997");
    assertThat(match(table, "GET", "/tenants/t9998/x/y")).isEqualTo("GET /tenants/t9998/** r9998");
    assertThat(match(table, "GET", "/tenants/t10000")).isEqualTo("no rule names it");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "get      | write GET",
        "Delete   | write DELETE",
        "HEAD     | HEAD is decided on as GET",
        "A B      | got \"A B\"",
        "''       | expected methods"
      })
  void refusesMethodsThatNoRequestCanMatch(String method, String message) {
    PathPattern path = PathPattern.parse("/a");

    assertThatThrownBy(
            () -> new AccessRule(Set.of(method), path, new Access.Open(), false, "a rule"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesRulesWithoutMethodsOrRoles() {
    PathPattern path = PathPattern.parse("/a");

    assertThatThrownBy(() -> new AccessRule(Set.of(), path, new Access.Open(), false, "a rule"))
        .hasMessageContaining("at least one method");
    assertThatThrownBy(() -> new Access.Roles(Set.of())).hasMessageContaining("at least one role");
    assertThatThrownBy(() -> new AccessRule(Set.of("GET"), path, new Access.Open(), true, "a rule"))
        .hasMessageContaining("asks nobody for a tenant");
  }

  @Test
  void takesAnAsteriskAmongTheMethodsForEveryMethod() {
    AccessRule rule = new AccessRule(
        Set.of("GET", "*"), PathPattern.parse("/a"), new Access.Open(), false, "a rule");
    AccessRule withHead = new AccessRule(
        Set.of("GET", "HEAD"), PathPattern.parse("/a"), new Access.Open(), false, "a rule");

    assertThat(rule.methods()).isEqualTo(AccessRule.ANY_METHOD);
    assertThat(rule).hasToString("a rule");
    assertThat(withHead.methods()).containsExactly("GET");
  }
}
