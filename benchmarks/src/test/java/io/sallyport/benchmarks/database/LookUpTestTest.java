package io.sallyport.benchmarks.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LookUpTestTest {

  @Test
  void measuresEachLibraryOnceItHasFoundTheRightRoles() {
    var test = new LookUpTest(Duration.ofMillis(50), List.of(300, 500));

    assertThatCode(test::run).doesNotThrowAnyException();
  }

  @Test
  void givesEachUserTenRolesOfTwoGroups() {
    assertThat(People.rolesOf(203))
        .containsExactlyInAnyOrder(
            "role15", "role16", "role17", "role18", "role19", // of group 3
            "role510", "role511", "role512", "role513", "role514"); // of group 102
  }
}
