package io.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.AuthenticationResult.Authenticated;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentityTest {

  private static final Instant THEN = Instant.parse("2026-11-23T12:00:00Z");

  private static Identity identity(Restrictions restrictions) {
    User user = User.builder("7", "alice")
        .roles(Set.of("viewer"))
        .tenantRoles(Map.of("acme", Set.of("manager"), "empty", Set.of()))
        .groups(Set.of("staff"))
        .attributes(Map.of("email", "alice@example.org"))
        .build(SecurityStamp.of("7", new byte[0], true, null));
    return Identity.of(
        "password",
        new Authenticated(
            new Subject.StoreUser("main", user),
            Evidence.of("basic", THEN).withRestrictions(restrictions)));
  }

  @Test
  void tellsWhoAndHow() {
    Identity identity = identity(Restrictions.none());

    assertThat(identity.provider()).isEqualTo("password");
    assertThat(identity.store()).isEqualTo("main");
    assertThat(identity.id()).isEqualTo("7");
    assertThat(identity.name()).isEqualTo("alice");
    assertThat(identity.method()).isEqualTo("basic");
    assertThat(identity.signedInAt()).isEqualTo(THEN);
    assertThat(identity.groups()).containsExactly("staff");
    assertThat(identity.attributes()).containsEntry("email", "alice@example.org");
    assertThat(identity.securityStamp()).isPresent();
    assertThat(identity.toString()).contains("alice").doesNotContain("hidden");
  }

  @Test
  void takesItsCredentialForOneThatBrowsersSendUnlessToldOtherwise() {
    Evidence byPassword = Evidence.of("basic", THEN);
    Evidence byToken = byPassword
        .neverSentByBrowsers()
        .withRestrictions(Restrictions.none())
        .withStampCheck(stamp -> true)
        .withClaimedName("alice");

    assertThat(identity(Restrictions.none()).mayBeSentByBrowsers()).isTrue();
    assertThat(byPassword.mayBeSentByBrowsers()).isTrue();
    assertThat(byToken.mayBeSentByBrowsers()).isFalse();
  }

  @Test
  void addsTheRolesOfATenantToThoseThatHoldEverywhere() {
    Identity identity = identity(Restrictions.none());

    assertThat(identity.roles()).containsExactly("viewer");
    assertThat(identity.roles(null)).containsExactly("viewer");
    assertThat(identity.roles("acme")).containsExactlyInAnyOrder("viewer", "manager");
    assertThat(identity.roles("other")).containsExactly("viewer");
    assertThat(identity.tenants()).containsExactlyInAnyOrder("acme", "empty");
  }

  @Test
  void hasNoMoreThanItsCredentialPermits() {
    Identity roles = identity(Restrictions.none().withRoles(Set.of("manager", "admin")));
    Identity tenants = identity(Restrictions.none().withTenants(Set.of("beta")));

    assertThat(roles.roles()).isEmpty();
    assertThat(roles.roles("acme")).containsExactly("manager");
    assertThat(tenants.isMemberOf("acme")).isFalse();
    assertThat(tenants.isMemberOf("beta")).isFalse();
  }

  @Test
  void belongsToTenantsEvenWithoutARoleInThem() {
    Identity identity = identity(Restrictions.none().withTenants(Set.of("empty")));

    assertThat(identity.isMemberOf("empty")).isTrue();
    assertThat(identity.isMemberOf("acme")).isFalse();
  }

  @Test
  void mayComeFromAnOutsideIssuer() {
    Identity identity = Identity.of(
        "oidc",
        new Authenticated(
            new Subject.ExternalUser(
                "https://issuer.example", "s-1", "Olga", Set.of("user"), Map.of(), Map.of()),
            Evidence.of("oidc", THEN)));

    assertThat(identity.store()).isEqualTo("https://issuer.example");
    assertThat(identity.securityStamp()).isEmpty();
    assertThatThrownBy(
            () -> new Subject.ExternalUser("i", "", "Olga", Set.of(), Map.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void restrictionsAddUpAndCompareByWhatTheyPermit() {
    Restrictions one = Restrictions.none()
        .withRoles(Set.of("a"))
        .withTenants(Set.of("t"))
        .withEndpoints(List.of("GET /x"))
        .withNotAfter(THEN);
    Restrictions same = Restrictions.none()
        .withNotAfter(THEN)
        .withEndpoints(List.of("GET /x"))
        .withTenants(Set.of("t"))
        .withRoles(Set.of("a"));

    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(one).isNotEqualTo(Restrictions.none());
    assertThat(one).isNotEqualTo(one.withRoles(Set.of("b")));
    assertThat(one).isNotEqualTo(one.withTenants(Set.of("b")));
    assertThat(one).isNotEqualTo(one.withEndpoints(List.of()));
    assertThat(one).isNotEqualTo(one.withNotAfter(THEN.plusSeconds(1)));
    assertThat(one).isNotEqualTo("restrictions");
    assertThat(one.toString()).contains("GET /x");
    assertThat(one.roles()).contains(Set.of("a"));
    assertThat(one.tenants()).contains(Set.of("t"));
    assertThat(one.endpoints()).contains(List.of("GET /x"));
    assertThat(one.notAfter()).contains(THEN);
  }
}
