package io.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.AuthenticationResult.Authenticated;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The small values around tokens. */
class TokenValuesTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private static Identity identity(Evidence evidence) {
    User user = User.builder("u-1", "alice")
        .roles(Set.of("viewer"))
        .tenantRoles(Map.of("acme", Set.of("operator"), "beta", Set.of()))
        .build(SecurityStamp.of("u-1", new byte[] {1}, true, null));
    return Identity.of("p", new Authenticated(new Subject.StoreUser("main", user), evidence));
  }

  @Test
  void detailsNameParentAndEndOnlyWhereThereIsOne() {
    var lasting = new TokenDetails(TokenKind.STORED, "t1", null, NOON, null);
    var child = new TokenDetails(TokenKind.SIGNED, "t2", "t1", NOON, NOON.plusSeconds(1));

    assertThat(lasting.parent()).isEmpty();
    assertThat(lasting.end()).isEmpty();
    assertThat(child.parent()).contains("t1");
    assertThat(child.end()).contains(NOON.plusSeconds(1));
  }

  @Test
  void anOwnerIsStoreAndIdAndNeverTheName() {
    assertThat(TokenOwner.of(identity(Evidence.of("basic", NOON))))
        .isEqualTo(new TokenOwner("main", "u-1"))
        .isNotEqualTo(new TokenOwner("other", "u-1"));
  }

  @Test
  @SuppressWarnings("NullAway") // what a careless provider hands over
  void whatANeededPartIsMissingOfCannotBeMade() {
    assertThatThrownBy(() -> new TokenDetails(null, "t", null, NOON, null)).hasMessage("kind");
    assertThatThrownBy(() -> new TokenDetails(TokenKind.SIGNED, null, null, NOON, null))
        .hasMessage("id");
    assertThatThrownBy(() -> new TokenDetails(TokenKind.SIGNED, "t", null, null, null))
        .hasMessage("issuedAt");
    assertThatThrownBy(() -> new TokenOwner("main", null)).hasMessage("userId");
    assertThatThrownBy(() -> new TokenRequest(null, null, null)).hasMessage("restrictions");
    assertThatThrownBy(() -> Evidence.of("token", NOON).withToken(null)).hasMessage("token");
  }

  @Test
  void evidenceKeepsItsTokenAndAllElseWhateverIsAddedBeforeOrAfter() {
    var token = new TokenDetails(TokenKind.STORED, "t1", null, NOON, null);
    Restrictions narrow = Restrictions.none().withRoles(Set.of("viewer"));
    StampCheck check = stamp -> true;

    Evidence before = Evidence.of("token", NOON)
        .withToken(token)
        .withRestrictions(narrow)
        .withStampCheck(check)
        .withClaimedName("Alice")
        .neverSentByBrowsers()
        .asCounted();
    Evidence after = Evidence.of("token", NOON)
        .asCounted()
        .neverSentByBrowsers()
        .withClaimedName("Alice")
        .withStampCheck(check)
        .withRestrictions(narrow)
        .withToken(token);

    for (Evidence evidence : List.of(before, after)) {
      assertThat(evidence.token()).contains(token);
      assertThat(evidence.restrictions()).isEqualTo(narrow);
      assertThat(evidence.stampCheck()).contains(check);
      assertThat(evidence.claimedName()).contains("Alice");
      assertThat(evidence.mayBeSentByBrowsers()).isFalse();
      assertThat(evidence.isCounted()).isTrue();
      assertThat(evidence.signedInAt()).isEqualTo(NOON);
      assertThat(identity(evidence).token()).contains(token);
    }
    assertThat(Evidence.of("basic", NOON).token()).isEmpty();
  }

  @Test
  void aWishIsForNothingUnlessItSaysSo() {
    assertThat(TokenRequest.defaults()).isEqualTo(new TokenRequest(null, null));
    assertThat(TokenRequest.defaults().restrictions()).isEqualTo(Restrictions.none());
  }

  @Test
  void aNarrowerWishKeepsDescriptionAndEnd() {
    Restrictions narrow = Restrictions.none().withTenants(Set.of("acme"));

    TokenRequest wish = new TokenRequest("a job", NOON).withRestrictions(narrow);

    assertThat(wish).isEqualTo(new TokenRequest("a job", NOON, narrow));
  }

  @Test
  void invariant6AnIssuedTokenDoesNotShowItsValueNorThatOfItsRefreshToken() {
    var refresh = new IssuedToken("r1", Secret.ofText("slr-r1-hidden-away"), NOON);
    var token = new IssuedToken("t1", Secret.ofText("sly-t1-also-hidden"), NOON, "a job", refresh);

    assertThat(token.toString()).contains("t1", "r1").doesNotContain("hidden-away", "also-hidden");
    assertThat(token.refreshToken()).contains(refresh);
    assertThat(refresh.refreshToken()).isEmpty();
    assertThat(token.expiresAt()).contains(NOON);
    assertThat(new IssuedToken("t2", Secret.ofText("x"), null).expiresAt()).isEmpty();
  }

  @Test
  void aCredentialForTenantsHasItsRolesInThemAndNowhereElse() {
    Identity caller = identity(Evidence.of("token", NOON)
        .withRestrictions(Restrictions.none().withTenants(Set.of("acme", "gone"))));

    assertThat(caller.roles("acme")).containsExactlyInAnyOrder("viewer", "operator");
    assertThat(caller.roles("beta")).isEmpty();
    assertThat(caller.roles()).isEmpty();
    assertThat(caller.roles("gone")).containsExactly("viewer");
    assertThat(caller.isMemberOf("acme")).isTrue();
    assertThat(caller.isMemberOf("beta")).isFalse();
    assertThat(caller.isMemberOf("gone")).isFalse();
    assertThat(caller.tenants()).containsExactlyInAnyOrder("acme", "beta");
  }

  @Test
  void whatRolesTakeAwayFollowsTheUserAndNotTheCredential() {
    Identity caller = identity(Evidence.of("token", NOON)
        .withRestrictions(
            Restrictions.none().withTenants(Set.of("beta")).withRoles(Set.of("operator"))));

    assertThat(caller.roles("acme")).isEmpty();
    assertThat(caller.roles("beta")).isEmpty();
    assertThat(caller.heldRoles("acme")).containsExactlyInAnyOrder("viewer", "operator");
    assertThat(caller.heldRoles(null)).containsExactly("viewer");
  }
}
