package io.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserTest {

  private static final SecurityStamp STAMP = SecurityStamp.of("1", new byte[0], true, null);

  @Test
  void hasSafeDefaults() {
    User user = User.builder("1", "alice").build(STAMP);

    assertThat(user.credential()).isEqualTo(new Credential.None());
    assertThat(user.active()).isTrue();
    assertThat(user.locked()).isFalse();
    assertThat(user.roles()).isEmpty();
    assertThat(user.tenantRoles()).isEmpty();
    assertThat(user.groups()).isEmpty();
    assertThat(user.attributes()).isEmpty();
    assertThat(user.securityStamp()).isEqualTo(STAMP);
  }

  @Test
  void cannotBeChangedThroughWhatItWasMadeOf() {
    Set<String> roles = new HashSet<>(Set.of("viewer"));
    Map<String, Set<String>> tenants = new HashMap<>(Map.of("acme", roles));

    User user = User.builder("1", "alice").roles(roles).tenantRoles(tenants).build(STAMP);
    roles.add("admin");
    tenants.clear();

    assertThat(user.roles()).containsExactly("viewer");
    assertThat(user.tenantRoles().get("acme")).containsExactly("viewer");
    assertThatThrownBy(() -> user.roles().add("admin"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\u0000b", "a\nb", "\u0085", "\u009f", "\ud800", "a\udc00"})
  void refusesNamesThatNoUserCanHave(String name) {
    assertThat(User.isValidName(name)).isFalse();
    assertThatThrownBy(() -> User.builder("1", name)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> User.builder(name, "a")).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "null", "no", "010", "~", " ", "даша", "a:b", "\ud83d\ude42"})
  void takesNamesOfAnyScript(String name) {
    assertThat(User.builder(name, name).build(STAMP).name()).isEqualTo(name);
  }

  @Test
  void boundsTheLengthOfANameOnBothSides() {
    String longest = "a".repeat(User.MAX_NAME_LENGTH);

    assertThat(User.isValidName(longest)).isTrue();
    assertThat(User.isValidName(longest + "a")).isFalse();
    assertThatThrownBy(() -> User.builder("1", longest + "a"))
        .hasMessageContaining("got length 257");
  }

  @Test
  void showsNoSecrets() {
    User user = User.builder("1", "alice")
        .credential(new Credential.Stored(Secret.ofText("$argon2id$secret")))
        .build(STAMP);

    assertThat(user.toString())
        .contains("alice")
        .doesNotContain("argon2id")
        .doesNotContain("Stamp");
  }
}
