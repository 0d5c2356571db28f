package io.sallyport.core.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemsTest {

  private final Problems problems = new Problems();

  @Test
  void rendersTheProblemsOfAFileAsAlignedLines() {
    problems.add(
        new Problem("security.yaml", 12, "token.lifetime", "15", "expected a number with a unit"));
    problems.add(
        new Problem("security.yaml", 3, "provider.1.userstore", "staf", "no such userstore"));

    String text = problems.render("the application was not started");

    assertThat(text).isEqualTo("""
            security.yaml: 2 problems, the application was not started
              line 3   provider.1.userstore = "staf"  no such userstore
              line 12  token.lifetime = "15"          expected a number with a unit""");
  }

  @Test
  void keepsTheOrderInWhichTheProblemsOfALineWereFound() {
    problems.add("security.yaml", 2, "b", "found first");
    problems.add("security.yaml", 2, "a", "found second");
    problems.add("security.yaml", 0, "", "found last");

    String text = problems.render("nothing was loaded");

    assertThat(text.lines().skip(1))
        .extracting(line -> line.substring(line.indexOf("found")))
        .containsExactly("found last", "found first", "found second");
  }

  @Test
  void indentsTheFurtherLinesOfAProblem() {
    problems.add("security.yaml", 2, "ssl", "no certificate\nno key");

    String text = problems.render("nothing was loaded");

    assertThat(text).isEqualTo("""
            security.yaml: 1 problem, nothing was loaded
              line 2  ssl  no certificate
                           no key""");
  }

  @Test
  void groupsTheProblemsOfSeveralFiles() {
    problems.add("security.yaml", 1, "a", "unknown key");
    problems.add("users.yaml", 0, "", "the file is empty");
    problems.add("security.yaml", 2, "bc", "unknown key");

    String text = problems.render("nothing was loaded");

    assertThat(text).isEqualTo("""
            3 problems, nothing was loaded
            security.yaml:
              line 1  a   unknown key
              line 2  bc  unknown key
            users.yaml:
              the file is empty""");
  }

  @Test
  void countsTheSameProblemOnce() {
    problems.add("f", 1, "k", "wrong");
    problems.add("f", 1, "k", "wrong");

    assertThat(problems.count()).isEqualTo(1);
    assertThat(problems.render("stopped")).startsWith("f: 1 problem, stopped");
  }

  @Test
  void keepsAHundredAndCountsTheRest() {
    for (int line = 1; line <= 101; line++) {
      problems.add("f", line, "k", "wrong");
    }

    assertThat(problems.list()).hasSize(100);
    assertThat(problems.count()).isEqualTo(101);
    assertThat(problems.render("stopped")).startsWith("f: 101 problems").endsWith("and 1 more");
  }

  @Test
  void takesOverTheProblemsOfOthersWithTheirCount() {
    for (int line = 1; line <= 150; line++) {
      problems.add("f", line, "k", "wrong");
    }
    var all = new Problems();
    all.add("g", 1, "k", "wrong");

    all.addAll(problems);

    assertThat(all.count()).isEqualTo(151);
    assertThat(all.isEmpty()).isFalse();
  }

  @Test
  void doesNotLetALongSubjectPushAwayAllOthers() {
    problems.add("f", 1, "a".repeat(51), "first");
    problems.add("f", 2, "b", "second");

    assertThat(problems.render("stopped")).endsWith("\n  line 2  b  second");
  }
}
