package io.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RestrictionsTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Restrictions NONE = Restrictions.none();
  private static final Restrictions VIEWER = NONE.withRoles(Set.of("viewer"));
  private static final Restrictions ACME = NONE.withTenants(Set.of("acme"));
  private static final Restrictions VERSION = NONE.withEndpoints(List.of("GET /version"));

  @Test
  void anyOfRolesTenantsAndEndpointsIsAScopeAlsoAnEmptyOne() {
    assertThat(VIEWER.isScoped()).isTrue();
    assertThat(ACME.isScoped()).isTrue();
    assertThat(VERSION.isScoped()).isTrue();
    assertThat(NONE.withRoles(Set.of()).isScoped()).isTrue();
    assertThat(NONE.withTenants(Set.of()).isScoped()).isTrue();
    assertThat(NONE.withEndpoints(List.of()).isScoped()).isTrue();
  }

  @Test
  void anEndAloneIsNoScope() {
    assertThat(NONE.isScoped()).isFalse();
    assertThat(NONE.withNotAfter(NOON).isScoped()).isFalse();
  }

  @Test
  void lessIsWithinMoreAndMoreIsNotWithinLess() {
    Restrictions two = NONE.withRoles(Set.of("viewer", "operator"));

    assertThat(VIEWER.isWithin(two)).isTrue();
    assertThat(two.isWithin(VIEWER)).isFalse();
    assertThat(two.isWithin(two)).isTrue();
    assertThat(NONE.withRoles(Set.of()).isWithin(VIEWER)).isTrue();
    assertThat(VIEWER.isWithin(NONE.withRoles(Set.of()))).isFalse();
  }

  @Test
  void nothingIsWithinOneKindByBeingRestrictedInAnother() {
    for (Restrictions one : List.of(VIEWER, ACME, VERSION)) {
      assertThat(one.isWithin(NONE)).isTrue();
      assertThat(NONE.isWithin(one)).isFalse();
      for (Restrictions other : List.of(VIEWER, ACME, VERSION)) {
        assertThat(one.isWithin(other)).isEqualTo(one.equals(other));
      }
    }
  }

  @Test
  void endpointsAreComparedByTheirText() {
    Restrictions all = NONE.withEndpoints(List.of("GET /a/**"));

    assertThat(NONE.withEndpoints(List.of("GET /a/b")).isWithin(all)).isFalse();
    assertThat(NONE.withEndpoints(List.of("GET /a/**", "GET /a/**")).isWithin(all))
        .isTrue();
  }

  @Test
  void anEndIsLeftAsideWhereScopesAreCompared() {
    assertThat(VIEWER.isWithin(VIEWER.withNotAfter(NOON))).isTrue();
  }

  @Test
  void narrowingTakesOverWhatIsNotRestrictedItself() {
    Restrictions credential = ACME.withEndpoints(List.of("GET /a", "GET /b"));

    Restrictions both = VIEWER.withEndpoints(List.of("GET /b")).narrowing(credential);

    assertThat(both).isEqualTo(VIEWER.withTenants(Set.of("acme")).withEndpoints(List.of("GET /b")));
    assertThat(both.isWithin(credential)).isTrue();
    assertThat(NONE.narrowing(credential)).isEqualTo(credential);
    assertThat(credential.narrowing(NONE)).isEqualTo(credential);
  }

  @Test
  void narrowingRefusesWhateverIsWider() {
    for (Restrictions wish : List.of(
        NONE.withRoles(Set.of("viewer", "admin")),
        NONE.withTenants(Set.of("beta")),
        NONE.withEndpoints(List.of("* /**")))) {
      Restrictions credential =
          VIEWER.withTenants(Set.of("acme")).withEndpoints(List.of("GET /version"));

      assertThatThrownBy(() -> wish.narrowing(credential))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("more is wished for than the credential is good for");
    }
  }

  @Test
  void ofTwoEndsTheEarlierHolds() {
    Restrictions early = NONE.withNotAfter(NOON);
    Restrictions late = NONE.withNotAfter(NOON.plusSeconds(1));

    assertThat(early.narrowing(late).notAfter()).contains(NOON);
    assertThat(late.narrowing(early).notAfter()).contains(NOON);
    assertThat(late.narrowing(NONE).notAfter()).contains(NOON.plusSeconds(1));
    assertThat(NONE.narrowing(early).notAfter()).contains(NOON);
    assertThat(NONE.narrowing(NONE).notAfter()).isEmpty();
  }

  @Test
  void withoutAnEndTheScopeStays() {
    Restrictions ending = VIEWER.withNotAfter(NOON);

    assertThat(ending.withoutEnd()).isEqualTo(VIEWER);
    assertThat(VIEWER.withoutEnd()).isSameAs(VIEWER);
    assertThat(ending.notAfter()).contains(NOON);
  }

  @Test
  void whatIsHandedOverIsCopied() {
    Set<String> roles = new HashSet<>(Set.of("viewer"));
    List<String> endpoints = new ArrayList<>(List.of("GET /version"));
    Restrictions restrictions = NONE.withRoles(roles).withEndpoints(endpoints);

    roles.add("admin");
    endpoints.add("* /**");

    assertThat(restrictions).isEqualTo(VIEWER.withEndpoints(List.of("GET /version")));
  }

  @Test
  void twoAreEqualIfAllKindsAre() {
    assertThat(NONE.withRoles(Set.of("viewer"))).isEqualTo(VIEWER).hasSameHashCodeAs(VIEWER);
    assertThat(NONE).isNotEqualTo(NONE.withRoles(Set.of()));
    assertThat(NONE.withTenants(Set.of("viewer"))).isNotEqualTo(VIEWER);
    assertThat(VIEWER.withNotAfter(NOON)).isNotEqualTo(VIEWER);
  }
}
