package io.sallyport.core.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sallyport.api.Authorization;
import io.sallyport.api.Target;
import io.sallyport.fuzz.Bounds;
import io.sallyport.fuzz.Fields;
import io.sallyport.fuzz.Mutants;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The patterns of rules, endpoints and roles files. Each text is a pattern or an {@link
 * IllegalArgumentException} with a message; a pattern answers for every path, and the table of rules
 * answers as its patterns do. Fields: an endpoint, a second pattern, a path, a method.
 */
class PatternsFuzzTest {

  private static final Set<String> ROLE = Set.of("role");

  @DictionaryFile(resourcePath = "PatternsFuzzTest.dict")
  @FuzzTest
  void matchOrAreRefused(byte[] input) {
    Fields fields = Fields.of(input);
    String first = fields.text(0);
    String pattern = first.substring(first.indexOf(' ') + 1);
    String path = fields.text(2);
    String method = fields.text(3);

    Bounds.SMALL.check(() -> {
      Optional<PathPattern> one = valueOrRefusal(() -> PathPattern.parse(pattern));
      Optional<PathPattern> other = valueOrRefusal(() -> PathPattern.parse(fields.text(1)));
      one.ifPresent(value -> checkAlone(value, path));
      other.ifPresent(value -> checkAlone(value, path));
      if (one.isPresent() && other.isPresent()) {
        checkTogether(one.get(), other.get(), path);
      }
      valueOrRefusal(() -> Endpoint.parse(first))
          .ifPresent(endpoint -> checkInTable(endpoint, path, method));
      checkAsRole(pattern, path, method);
    });
  }

  @Test
  void holdsForMutants() {
    Mutants.of(PatternsFuzzTest.class).check(10_000, this::matchOrAreRefused);
  }

  private static <T> Optional<T> valueOrRefusal(Supplier<T> parser) {
    try {
      return Optional.of(parser.get());
    } catch (IllegalArgumentException documented) {
      assertThat(documented.getMessage()).isNotBlank();
      return Optional.empty();
    }
  }

  private static void checkAlone(PathPattern pattern, String path) {
    String text = pattern.toString();
    assertThat(PathPattern.parse(text)).isEqualTo(pattern).hasSameHashCodeAs(pattern);
    assertThat(pattern.overlaps(pattern)).isTrue();
    if (text.indexOf('*') < 0 && text.indexOf('{') < 0) {
      assertThat(pattern.matches(path)).as("%s, %s", text, path).isEqualTo(text.equals(path));
      assertThat(pattern.matches(text)).isTrue();
    }
    PathPattern slashed = pattern.withTrailingSlash();
    if (slashed != null && pattern.matches(path)) {
      assertThat(slashed.matches(path + "/")).as("%s, %s", slashed, path).isTrue();
    }
  }

  private static void checkTogether(PathPattern one, PathPattern other, String path) {
    boolean overlap = one.overlaps(other);
    assertThat(other.overlaps(one)).isEqualTo(overlap);
    if (one.matches(path) && other.matches(path)) {
      assertThat(overlap).as("%s and %s have %s in common", one, other, path).isTrue();
    }
    if (one.equals(other)) {
      assertThat(one.matches(path)).isEqualTo(other.matches(path));
    }
  }

  private static void checkInTable(Endpoint endpoint, String path, String method) {
    AccessRule rule =
        new AccessRule(endpoint.methods(), endpoint.path(), new Access.Open(), false, "rule");
    AccessRules table = AccessRules.of(List.of(rule), new Access.Deny());
    Target target = new Target(method, path);

    assertThat(table.match(target).access() instanceof Access.Open)
        .as("%s for %s", endpoint, target)
        .isEqualTo(endpoint.matches(target));
  }

  private static void checkAsRole(String pattern, String path, String method) {
    RolesFile.Builder builder = RolesFile.builder();
    Optional<Boolean> added = valueOrRefusal(() -> {
      builder.allow("role", pattern, List.of("*"));
      return true;
    });
    if (added.isPresent()) {
      boolean described = describes(pattern, path)
          || (pattern.endsWith("/*")
              && describes(pattern.substring(0, pattern.length() - 2), path));
      assertThat(
              builder.build().decide(ROLE, ROLE, new Target(method, path))
                  instanceof Authorization.Allowed)
          .as("%s for %s", pattern, path)
          .isEqualTo(described);
    }
  }

  /** By a table of all prefixes, written down independently of the code. */
  private static boolean describes(String pattern, String path) {
    boolean[] reached = new boolean[path.length() + 1];
    reached[0] = true;
    for (int p = 0; p < pattern.length(); p++) {
      char c = pattern.charAt(p);
      boolean[] next = new boolean[path.length() + 1];
      for (int i = 0; i <= path.length(); i++) {
        next[i] = c == '*'
            ? reached[i] || (i > 0 && next[i - 1])
            : i > 0 && reached[i - 1] && path.charAt(i - 1) == c;
      }
      reached = next;
    }
    return reached[path.length()];
  }
}
