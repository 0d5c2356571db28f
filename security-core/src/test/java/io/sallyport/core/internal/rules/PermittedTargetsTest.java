package io.sallyport.core.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sallyport.api.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code permitted_targets} lets through, form by form. */
class PermittedTargetsTest {

  private static final Pattern PERMITTED_BY =
      Pattern.compile("^(?:\\|[^|\\n]*){3}\\| `([a-z0-9_]+)` \\|[^|\\n]*\\|$", Pattern.MULTILINE);

  private static TargetPolicy permitting(String... words) {
    return TargetPolicy.STRICT.withPermitted(List.of(words));
  }

  private static Reading read(TargetPolicy policy, String raw, String context, String told) {
    return RequestTarget.read(policy, "GET", raw, context, told, null);
  }

  private static Reading.Canonical decidedOn(String path) {
    return new Reading.Canonical(new Target("GET", path), "GET");
  }

  /** One form each, as sent, and the path that a container makes of it. */
  static Stream<Arguments> oneFormEach() {
    return Stream.of(
        arguments("dot_segments", "/public/../admin/x", "", "/admin/x"),
        arguments("dot_segments", "/public/%2e%2E/admin/x", "", "/admin/x"),
        arguments("dot_segments", "/public/../admin/x", "", "/public/../admin/x"),
        arguments("dot_segments", "/public/./x", "", "/public/x"),
        arguments("dot_segments", "/public/x/..", "", "/public/"),
        arguments("dot_segments", "/public/x/.", "", "/public/x/"),
        arguments("dot_segments", "/../x", "", "/x"),
        arguments("dot_segments", "/x/../app/y", "/app", "/y"),
        arguments("dot_segments", "/x/../app/y", "/x/../app", "/y"),
        arguments("empty_segments", "//admin//x", "", "/admin/x"),
        arguments("empty_segments", "//admin//x", "", "//admin//x"),
        arguments("empty_segments", "/a//", "", "/a/"),
        arguments("empty_segments", "/app//x", "/app", "//x"),
        arguments("empty_segments", "/app//x", "/app", "/x"),
        arguments("empty_segments", "//app/x", "/app", "/x"),
        arguments("empty_segments", "//app/x", "//app", "/x"),
        arguments("encoded_slash", "/a%2Fb", "", "/a/b"),
        arguments("encoded_slash", "/a%2fb", "", "/a%2fb"),
        arguments("encoded_slash", "/a%2fb", "", "/a%2Fb"),
        arguments("encoded_slash", "/a%2f", "", "/a/"),
        arguments("encoded_backslash", "/a%5Cb", "", "/a\\b"),
        arguments("encoded_backslash", "/a%5cb", "", "/a/b"),
        arguments("encoded_backslash", "/a%5cb", "", "/a%5Cb"),
        arguments("backslash", "/a\\b", "", "/a\\b"),
        arguments("backslash", "/a\\b", "", "/a/b"),
        arguments("encoded_semicolon", "/a%3Bb", "", "/a;b"),
        arguments("encoded_semicolon", "/a%3bb", "", "/a%3Bb"),
        arguments("encoded_percent", "/100%25", "", "/100%"),
        arguments("encoded_percent", "/100%25", "", "/100%25"),
        arguments("encoded_percent", "/%2561dmin", "", "/%61dmin"),
        arguments("encoded_percent", "/a%252fb", "", "/a%2fb"),
        arguments("encoded_percent", "/public/%252e%252e/x", "", "/public/%2e%2e/x"),
        arguments("any_path_parameters", "/a;v=1/b;w", "", "/a/b"),
        arguments("any_path_parameters", "/a;/b;=x;;", "", "/a/b"),
        arguments("broken_escapes", "/a/%zz", "", "/a/%zz"),
        arguments("broken_escapes", "/a/100%", "", "/a/100"),
        arguments("broken_escapes", "/%u0061dmin", "", "/admin"),
        arguments("broken_utf8", "/a/%e4", "", "/a/\ufffd"),
        arguments("broken_utf8", "/a%c0%afb", "", "/a/b"),
        arguments("broken_utf8", "/a/\ud800", "", "/a/\ud800"),
        arguments("control_characters", "/a/%00", "", "/a/\u0000"),
        arguments("control_characters", "/a/\u0085", "", "/a/\u0085"),
        arguments("control_characters", "/a/%0A", "", "/a/\n"),
        arguments("raw_delimiters", "/a#b", "", "/a#b"),
        arguments("raw_delimiters", "/a b", "", "/a b"),
        arguments("raw_delimiters", "/a?b", "", "/a"),
        arguments("user_information", "http://root:p%40ss@h/a", "", "/a"),
        arguments("user_information", "HTTPS://u@h", "", "/"),
        arguments("other_forms", "*", "", "/"),
        arguments("other_forms", "h:443", "", "/"),
        arguments("other_forms", "ftp://h/a", "", "/a"),
        arguments("outside_context", "/a", "/app", "/a"),
        arguments("outside_context", "/appx", "/app", "/x"),
        arguments("rewritten_paths", "/a", "", "/b"),
        arguments("rewritten_paths", "/app/a", "/app", "/b"));
  }

  /** Invariant 3: what is decided on is the container's own path, permitted or not. */
  @ParameterizedTest
  @MethodSource("oneFormEach")
  void letsEachFormThroughByItsOwnNameAndNoOther(
      String word, String raw, String context, String told) {
    for (TargetForm form : TargetForm.values()) {
      Reading reading = read(permitting(form.word()), raw, context, told);

      if (form.word().equals(word)) {
        assertThat(reading).as("with %s", word).isEqualTo(decidedOn(told));
      } else {
        assertThat(reading).as("with %s", form.word()).isInstanceOf(Reading.Refused.class);
      }
    }
    assertThat(read(TargetPolicy.STRICT, raw, context, told)).isInstanceOf(Reading.Refused.class);
  }

  @Test
  void triesEveryFormThatIsReadFromTheTarget() {
    Set<String> tried = new TreeSet<>(
        oneFormEach().map(arguments -> (String) arguments.get()[0]).toList());

    // the mapping is compared where the container is asked for it
    assertThat(Arrays.stream(TargetForm.values()).map(TargetForm::word))
        .filteredOn(word -> !word.equals("mismatched_mapping"))
        .containsExactlyInAnyOrderElementsOf(tried);
  }

  /** A name drops one reason; what remains has to be permitted, too. */
  @ParameterizedTest
  @CsvSource({
    "encoded_slash,       dot_segments,        /a/..%2fb,       /b",
    "encoded_slash,       dot_segments,        /a/..%2fb,       /a/../b",
    "encoded_slash,       dot_segments,        /a/..%2fb,       /a/..%2Fb",
    "encoded_slash,       empty_segments,      /a/%2fb,         /a//b",
    "encoded_slash,       empty_segments,      /%2f/a,          /a",
    "encoded_backslash,   dot_segments,        /a/..%5cb,       /b",
    "backslash,           dot_segments,        /a\\..\\b,       /b",
    "backslash,           empty_segments,      /a/\\b,          /a/b",
    "any_path_parameters, dot_segments,        /a/..;/b,        /b",
    "any_path_parameters, dot_segments,        /a/..;v=1/b,     /a/../b",
    "any_path_parameters, dot_segments,        /a/%2e%2e;/b,    /b",
    "any_path_parameters, empty_segments,      /a/;v/b,         /a/b",
    "any_path_parameters, encoded_slash,       /a;v=%2f../b,    /a/b",
    "encoded_semicolon,   dot_segments,        /a/..%3b/b,      /a/..;/b",
    "dot_segments,        empty_segments,      /a//../b,        /a/b",
    "dot_segments,        empty_segments,      /a//../b,        /b",
    "dot_segments,        empty_segments,      /a//../b,        /a//../b",
    "encoded_percent,     encoded_slash,       /a%252f%2fb,     /a%2f/b",
    "encoded_percent,     encoded_slash,       /a%252f%2fb,     /a%252f%2Fb",
    "broken_escapes,      dot_segments,        /a/%zz/../b,     /a/b",
    "user_information,    empty_segments,      http://u@h//b,   /b",
    "outside_context,     dot_segments,        /app/../b,       /b",
  })
  void asksForEveryNameThatATargetNeeds(String one, String other, String raw, String told) {
    String context = one.equals("outside_context") ? "/app" : "";

    Reading both = read(permitting(one, other), raw, context, told);
    Reading first = read(permitting(one), raw, context, told);
    Reading second = read(permitting(other), raw, context, told);

    assertThat(both).isEqualTo(decidedOn(told));
    assertThat(first).isInstanceOf(Reading.Refused.class);
    assertThat(second).isInstanceOf(Reading.Refused.class);
  }

  /** Invariant 3. */
  @ParameterizedTest
  @CsvSource({
    "encoded_slash,       /a%2fb,              /ab",
    "encoded_slash,       /a%2fb,              /a",
    "encoded_slash,       /a%2fb,              /a\\b",
    "encoded_slash,       /a%2fb/c,            /a%2Fb%2Fc",
    "encoded_slash,       /a%2fb%2fc,          /a/b%2Fc",
    "encoded_slash,       /public/a%2fb,       /admin/a/b",
    "encoded_backslash,   /a%5cb,              /ab",
    "backslash,           /a\\b,               /a%5Cb",
    "empty_segments,      /a//b//c,            /a/b//c",
    "empty_segments,      /a//b,               /b",
    "empty_segments,      /a//b,               /a///b",
    "dot_segments,        /a/../b,             /a/b",
    "dot_segments,        /a/../../b,          /a",
    "dot_segments,        /public/../admin,    /public/admin",
    "any_path_parameters, /a;v=1/b,            /a;v=1/b",
    "any_path_parameters, /a;v=1/b,            /a",
    "encoded_semicolon,   /a%3bb,              /a",
    "encoded_percent,     /%2561dmin,          /admin",
    "encoded_percent,     /a%252fb,            /a/b",
    "encoded_percent,     /%252e%252e/a,       /a",
    "control_characters,  /a%00b,              /a",
    "user_information,    http://u@h/a,        /b",
    "user_information,    http://u@v@h/a,      /a",
    "user_information,    http://u#@h/a,       /a",
    "user_information,    http://h/@x/a,       /a",
  })
  void refusesAPathThatIsNoReadingOfAPermittedForm(String word, String raw, String told) {
    Reading reading = read(permitting(word), raw, "", told);

    assertThat(reading).isInstanceOf(Reading.Refused.class);
  }

  static Stream<Arguments> pathsOfDispatches() {
    return Stream.of(
        arguments("dot_segments", "/a/../b"),
        arguments("empty_segments", "//a//b"),
        arguments("encoded_backslash", "/a\\b"),
        arguments("backslash", "/a\\b"),
        arguments("control_characters", "/a/\u0000"));
  }

  @ParameterizedTest
  @MethodSource("pathsOfDispatches")
  void letsADispatchGoWhereAClientMay(String word, String path) {
    Reading permitted = RequestTarget.readDispatched(permitting(word), "GET", path, null);
    Reading strict = RequestTarget.readDispatched("GET", path, null);

    assertThat(permitted).isEqualTo(decidedOn(path));
    assertThat(strict).isInstanceOf(Reading.Refused.class);
  }

  @Test
  void refusesWhateverIsPermittedWhereThereIsNoPath() {
    TargetPolicy everything = new TargetPolicy(Set.of(), EnumSet.allOf(TargetForm.class));

    Reading star = read(everything, "*", "", "*");
    Reading dispatched = RequestTarget.readDispatched(everything, "GET", "x", null);

    assertThat(star).isInstanceOf(Reading.Refused.class);
    assertThat(dispatched).isInstanceOf(Reading.Refused.class);
  }

  @Test
  void decidesOnThePathThatTheContainerDispatchesOnWhateverIsPermitted() {
    TargetPolicy everything = new TargetPolicy(Set.of(), EnumSet.allOf(TargetForm.class));

    for (String raw : List.of("/public/x", "/public/..;/admin", "*", "http://h/%zz", "/%2f\\;")) {
      assertThat(read(everything, raw, "/app", "/admin/x")).isEqualTo(decidedOn("/admin/x"));
    }
  }

  @Test
  void givesRulesThePathWithAllThatIsInIt() {
    AccessRules rules = AccessRules.of(
        List.of(
            rule("/public/**", new Access.Open(), "public"),
            rule("/public/private/**", new Access.Deny(), "private"),
            rule("/one/*", new Access.Open(), "one")),
        new Access.Deny());

    assertThat(rule(rules, "/public/private\\x")).isEqualTo("public");
    assertThat(rule(rules, "/public/private//x")).isEqualTo("private");
    assertThat(rule(rules, "/public/private/../x")).isEqualTo("private");
    assertThat(rule(rules, "/public//private/x")).isEqualTo("public");
    assertThat(rule(rules, "//public/x")).isEqualTo("no rule names it");
    assertThat(rule(rules, "/one/a;b%2f\\\u0000")).isEqualTo("one");
    assertThat(rule(rules, "/one//")).isEqualTo("no rule names it");
  }

  private static AccessRule rule(String path, Access access, String source) {
    return new AccessRule(Set.of("GET"), PathPattern.parse(path), access, false, source);
  }

  private static String rule(AccessRules rules, String path) {
    return rules.match(new Target("GET", path)).source();
  }

  @ParameterizedTest
  @CsvSource({"ENCODED-SLASH", "Encoded_Slash", "encoded-slash"})
  void takesAWordInAnyCaseWithDashesOrUnderscores(String word) {
    assertThat(permitting(word).permitted()).containsExactly(TargetForm.ENCODED_SLASH);
  }

  @Test
  void saysWhichWordsThereAreAndWhichWasProbablyMeant() {
    assertThatThrownBy(() -> permitting("encoded_slashes"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected one of dot_segments, empty_segments,")
        .hasMessageEndingWith("did you mean encoded_slash?");
    assertThatThrownBy(() -> permitting("*"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("did you mean");
  }

  @Test
  void namesAllThatIsPermittedAndWhatOfItIsRisky() {
    TargetPolicy policy =
        permitting("dot_segments", "encoded_slash").withPathParameters(Set.of("v"));

    assertThat(policy.summary())
        .isEqualTo("permitted targets [dot_segments, encoded_slash], path parameters [v]");
    assertThat(policy.risks()).containsExactly("dot_segments");
    assertThat(TargetPolicy.STRICT.summary()).isEmpty();
    assertThat(TargetPolicy.STRICT.risks()).isEmpty();
  }

  @Test
  void hasOneRowInTheDocumentationForEachName() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "http.md"));

    Stream<String> documented = PERMITTED_BY.matcher(page).results().map(row -> row.group(1));

    assertThat(documented)
        .containsExactlyElementsOf(
            Arrays.stream(TargetForm.values()).map(TargetForm::word).toList());
  }
}
