package io.sallyport.authprovider.password.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.User;
import io.sallyport.authprovider.password.internal.hash.UnusableHashException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Reads what SLF4J's simple logger writes to standard error. */
@Isolated
class UnusableHashesTest {

  private final PrintStream usual = System.err;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final UnusableHashes reports = new UnusableHashes();

  UnusableHashesTest() {
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(usual);
  }

  @Test
  void tellsOfAUserOnceAndOfEveryUser() {
    User bob = TestUserstore.build(TestUserstore.user("bob\u2028x"));
    User eve = TestUserstore.build(TestUserstore.user("eve"));
    UnusableHashException why = new UnusableHashException("is of no supported scheme");

    reports.report("main", bob, why);
    reports.report("main", bob, why);
    reports.report("other", bob, why);
    reports.report("main", eve, why);

    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .allMatch(
            line -> line.contains("is of no supported scheme") && line.contains("HashCommand"))
        .satisfies(lines -> assertThat(lines.get(0)).contains("\"bob\\u{2028}x\"", "\"main\""));
  }

  @Test
  void remembersABoundedNumberOfUsersAndSaysSo() {
    UnusableHashException why = new UnusableHashException("is of no supported scheme");

    for (int i = 0; i < 1100; i++) {
      reports.report("main", TestUserstore.build(TestUserstore.user("user" + i)), why);
    }

    assertThat(written.toString(StandardCharsets.UTF_8).lines())
        .hasSize(1001)
        .satisfies(lines -> assertThat(lines.get(1000)).contains("no more will be"));
  }
}
