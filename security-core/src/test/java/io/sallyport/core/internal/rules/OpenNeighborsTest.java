package io.sallyport.core.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenNeighborsTest {

  private static final Access ADMIN = new Access.Roles(Set.of("admin"));

  private final List<AccessRule> rules = new ArrayList<>();

  private OpenNeighborsTest rule(String endpoint, Access access) {
    Endpoint parsed = Endpoint.parse(endpoint);
    rules.add(new AccessRule(parsed.methods(), parsed.path(), access, false, endpoint));
    return this;
  }

  private List<String> found() {
    return AccessRules.openNeighbors(rules);
  }

  @Test
  void tellsOfAClosedPathWhoseSlashedSpellingIsOpen() {
    rule("* /**", new Access.Open()).rule("* /admin", ADMIN);

    assertThat(found())
        .containsExactly(
            "rule \"* /admin\" does not speak for /admin/, which \"* /**\" leaves open;"
                + " write /admin/** if both are to be closed, or a rule for /admin/");
  }

  @Test
  void tellsOfPatternsAndOfSingleMethodsToo() {
    rule("DELETE /users/**", new Access.Open())
        .rule("GET,DELETE /users/{name}", ADMIN)
        .rule("DELETE /users/{name}/report-*", new Access.Authenticated());

    assertThat(found()).hasSize(2);
  }

  @Test
  void isSilentWhereTheSlashedSpellingIsClosed() {
    rule("* /**", new Access.Open())
        .rule("* /admin/**", ADMIN)
        .rule("* /audit", ADMIN)
        .rule("* /audit/", ADMIN)
        .rule("* /nothing", new Access.Deny());

    assertThat(found()).isEmpty();
  }

  @Test
  void isSilentWhereAnotherMethodIsOpen() {
    rule("GET /docs/**", new Access.Open()).rule("PUT /docs/page", ADMIN);

    assertThat(found()).isEmpty();
  }

  @Test
  void reportsNoMoreThanItsLimit() {
    rule("* /**", new Access.Open());
    for (int i = 0; i <= OpenNeighbors.MAX_REPORTED; i++) {
      rule("* /closed-" + i, ADMIN);
    }

    assertThat(found()).hasSize(OpenNeighbors.MAX_REPORTED);
  }
}
