package io.sallyport.userstore.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.SecurityStamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StampsTest {

  private static final String PLAIN = "{username: alice, password: $5$salt$one}";

  @RegisterExtension
  final TestHost host = new TestHost();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{username: alice, password: $5$salt$two}",
        "{username: alice}",
        "{username: alice, password: $5$salt$one, active: false}",
        "{username: alice, password: $5$salt$one, tokens_not_before: 2026-11-23T08:30:00Z}",
        "{username: alice, password: $5$salt$one, password_epoch: 1}",
        "{username: alice, password: $5$salt$one, id: other}"
      })
  void changesWithWhatEndsTokens(String changed) {
    assertThat(stamp(changed)).isNotEqualTo(stamp(PLAIN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{password: $5$salt$one, username: alice}",
        "{username: alice, password: '$5$salt$one', active: true, id: alice}",
        "{username: alice, password: $5$salt$one, roles: [viewer], tenants: {lab: [user]}}",
        "{username: alice, password: $5$salt$one, groups: [g]}",
        "{username: alice, password: $5$salt$one, locked: true}",
        "{username: alice, password: $5$salt$one, email: a@example.org, attributes: {a: b}}"
      })
  void staysWithWhatIsReadAfreshAnyway(String changed) {
    assertThat(stamp(changed)).isEqualTo(stamp(PLAIN));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, true", "1, 2, false", "01, 1, false"})
  void followsThePasswordEpochAndNotTheHashWhereThereIsOne(String one, String other, boolean same) {
    SecurityStamp before =
        stamp("{username: alice, password: $5$salt$one, password_epoch: " + one + "}");
    SecurityStamp after =
        stamp("{username: alice, password: $5$salt$two, password_epoch: " + other + "}");

    assertThat(before.equals(after)).isEqualTo(same);
  }

  @Test
  void tellsInstantsApartToTheNanosecond() {
    SecurityStamp one =
        stamp("{username: alice, tokens_not_before: 2026-11-23T08:30:00.000000001Z}");
    SecurityStamp other =
        stamp("{username: alice, tokens_not_before: 2026-11-23T08:30:00.000000002Z}");

    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void isTheStampThatTheApiDefines() {
    SecurityStamp stamp = stamp("{username: alice, id: u1, active: false, password_epoch: e7,"
        + " tokens_not_before: 2026-11-23T09:30:00+01:00}");

    assertThat(stamp)
        .isEqualTo(SecurityStamp.of(
            "u1",
            "e7".getBytes(java.nio.charset.StandardCharsets.UTF_8),
            false,
            java.time.Instant.parse("2026-11-23T08:30:00Z")));
  }

  private SecurityStamp stamp(String user) {
    return host.storeOf("users: [{username: zoe}, " + user + "]\ngroups: [{name: g, roles: [r]}]")
        .findUser("alice")
        .orElseThrow()
        .securityStamp();
  }
}
