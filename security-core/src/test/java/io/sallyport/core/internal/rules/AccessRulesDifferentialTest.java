package io.sallyport.core.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tree of rules against rules matched one after the other, on random rules and paths. */
class AccessRulesDifferentialTest {

  private static final String[] PATTERN_SEGMENTS = {
    "a", "a", "b", "ab", "aab", "*", "*", "{x}", "**", "**", "a*", "*b", "a*b", "*a*"
  };
  private static final String[] TYING_SEGMENTS = {"a", "b", "**", "a*", "*b"};
  private static final String[] SEGMENTS = {"a", "b", "ab", "aab", "ba", "c"};
  private static final List<String> METHODS = List.of("GET", "PUT", "X");
  private static final List<Access> ACCESSES = List.of(
      new Access.Open(),
      new Access.Authenticated(),
      new Access.Deny(),
      new Access.Roles(Set.of("r")));

  private final Random random = new Random(20261124);

  @Test
  void findsTheRuleThatAPlainSearchFinds() {
    int decided = 0;
    for (int table = 0; table < 4_000; table++) {
      List<AccessRule> rules = sound(randomRules(1 + random.nextInt(9), 4, PATTERN_SEGMENTS));
      AccessRules tree = AccessRules.of(rules, new Access.Deny());
      var naive = new NaiveRules(rules);
      for (int i = 0; i < 100; i++) {
        decided += compare(tree, naive, METHODS.get(random.nextInt(3)), randomPath()) ? 1 : 0;
      }
    }

    // the test says nothing if rules hardly ever match
    assertThat(decided).isGreaterThan(100_000);
  }

  private static boolean compare(AccessRules tree, NaiveRules naive, String method, String path) {
    List<AccessRule> expected = naive.mostSpecific(method, path);
    AccessRule found = tree.match(new Target(method, path));
    if (expected.isEmpty()) {
      assertThat(found.source()).as("%s %s", method, path).isEqualTo("no rule names it");
      return false;
    }
    assertThat(expected)
        .as("%s %s -> %s", method, path, found)
        .allMatch(rule -> rule.asksTheSameAs(found));
    if (expected.size() == 1) {
      assertThat(found).as("%s %s", method, path).isSameAs(expected.get(0));
    }
    return true;
  }

  @Test
  void reportsAConflictIfAndOnlyIfSomeRequestShowsIt() {
    List<String> paths = allShortPaths();
    int conflicts = 0;
    for (int i = 0; i < 2_000; i++) {
      List<AccessRule> pair = randomRules(2, 3, TYING_SEGMENTS);
      boolean reported = !AccessRules.conflicts(pair).isEmpty();
      boolean samePath = pair.get(0).path().equals(pair.get(1).path());
      boolean shown = samePath ? reported : isShown(pair, paths);

      assertThat(reported).as("%s", pair).isEqualTo(shown);
      conflicts += reported ? 1 : 0;
    }

    assertThat(conflicts).isBetween(40, 1_000);
  }

  private static boolean isShown(List<AccessRule> pair, List<String> paths) {
    var naive = new NaiveRules(pair);
    return paths.stream()
        .anyMatch(path -> METHODS.stream()
            .map(method -> naive.mostSpecific(method, path))
            .anyMatch(AccessRulesDifferentialTest::disagree));
  }

  private static boolean disagree(List<AccessRule> rules) {
    return rules.size() > 1 && !rules.get(0).asksTheSameAs(rules.get(1));
  }

  private List<AccessRule> sound(List<AccessRule> rules) {
    List<AccessRule> sound = new ArrayList<>();
    for (AccessRule rule : rules) {
      sound.add(rule);
      if (!AccessRules.conflicts(sound).isEmpty()) {
        sound.remove(sound.size() - 1);
      }
    }
    return sound;
  }

  private List<AccessRule> randomRules(int count, int segments, String[] choice) {
    List<AccessRule> rules = new ArrayList<>();
    while (rules.size() < count) {
      String path = randomPattern(segments, choice);
      Set<String> methods = random.nextInt(3) == 0
          ? AccessRule.ANY_METHOD
          : Stream.of(METHODS.get(random.nextInt(2)), METHODS.get(random.nextInt(2) + 1))
              .collect(Collectors.toSet());
      Access access = ACCESSES.get(random.nextInt(ACCESSES.size()));
      boolean tenant = random.nextInt(8) == 0 && !(access instanceof Access.Open);
      String source = rules.size() + ": " + methods + " " + path + " " + access;
      rules.add(new AccessRule(methods, PathPattern.parse(path), access, tenant, source));
    }
    return rules;
  }

  private String randomPattern(int segments, String[] choice) {
    var pattern = new StringBuilder();
    String last = "";
    for (int count = 1 + random.nextInt(segments); count > 0; count--) {
      String segment = choice[random.nextInt(choice.length)];
      if (segment.equals("**") && last.equals("**")) {
        segment = "a";
      }
      pattern.append('/').append(segment);
      last = segment;
    }
    return random.nextInt(6) == 0 ? pattern.append('/').toString() : pattern.toString();
  }

  private String randomPath() {
    var path = new StringBuilder();
    for (int count = 1 + random.nextInt(6); count > 0; count--) {
      path.append('/').append(SEGMENTS[random.nextInt(SEGMENTS.length)]);
    }
    return random.nextInt(4) == 0 ? path.append('/').toString() : path.toString();
  }

  /** Long enough that each pair of patterns of up to three segments that overlaps does so here. */
  private static List<String> allShortPaths() {
    List<String> paths = new ArrayList<>(List.of("/"));
    List<String> longest = List.of("");
    for (int length = 1; length <= 4; length++) {
      List<String> longer = new ArrayList<>();
      for (String path : longest) {
        for (String segment : List.of("a", "b", "ab")) {
          longer.add(path + "/" + segment);
        }
      }
      longer.forEach(path -> paths.addAll(List.of(path, path + "/")));
      longest = longer;
    }
    return paths;
  }
}
