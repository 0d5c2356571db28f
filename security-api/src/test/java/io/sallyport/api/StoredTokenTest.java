package io.sallyport.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StoredTokenTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final TokenOwner ALICE = new TokenOwner("main", "u-1");

  private static StoredToken.Builder token() {
    return StoredToken.builder(TokenKind.STORED, "t1", ALICE, "alice", NOON);
  }

  private static StoredToken.Builder full() {
    return StoredToken.builder(TokenKind.REFRESH, "t2", ALICE, "alice", NOON)
        .secretHash("k1:c2VjcmV0aGFzaA")
        .stampMac(new byte[] {1, 2})
        .familyId("f1")
        .description("the job")
        .signedInAt(NOON.minusSeconds(60))
        .expiresAt(NOON.plusSeconds(60))
        .lastUsedAt(NOON.plusSeconds(1))
        .consumedAt(NOON.plusSeconds(2))
        .restrictions(Restrictions.none().withRoles(Set.of("viewer")));
  }

  @ParameterizedTest
  @EnumSource(
      value = TokenKind.class,
      names = {"SIGNED", "OUTSIDE"})
  void whatIsCheckedByAKeyIsNotStored(TokenKind kind) {
    assertThatThrownBy(() -> StoredToken.builder(kind, "t1", ALICE, "alice", NOON))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tokens of kind " + kind + " are not stored");
  }

  @Test
  void withoutFurtherWordsItNeitherEndsNorIsRestrictedAndWasSignedInForWhenMade() {
    StoredToken token = token().build();

    assertThat(token.expiresAt()).isEmpty();
    assertThat(token.signedInAt()).isEqualTo(NOON);
    assertThat(token.restrictions()).isEqualTo(Restrictions.none());
    assertThat(token.lastUsedAt()).isEmpty();
    assertThat(token.consumedAt()).isEmpty();
    assertThat(token.familyId()).isEmpty();
    assertThat(token.hasExpired(Instant.MAX)).isFalse();
  }

  @Test
  void hasExpiredFromTheVeryInstantOn() {
    StoredToken token = token().expiresAt(NOON).build();

    assertThat(token.hasExpired(NOON.minusNanos(1))).isFalse();
    assertThat(token.hasExpired(NOON)).isTrue();
  }

  @Test
  void keepsNoEndAmongItsRestrictions() {
    StoredToken token = token()
        .restrictions(Restrictions.none().withTenants(Set.of("acme")).withNotAfter(NOON))
        .build();

    assertThat(token.restrictions()).isEqualTo(Restrictions.none().withTenants(Set.of("acme")));
    assertThat(token.expiresAt()).isEmpty();
  }

  @Test
  void aBuilderOfATokenBeginsWithAllThatTheTokenHolds() {
    StoredToken token = full().build();

    assertThat(token.toBuilder().build()).isEqualTo(token).hasSameHashCodeAs(token);
    assertThat(token.toBuilder().description("another").build().signedInAt())
        .isEqualTo(NOON.minusSeconds(60));
  }

  @Test
  void twoAreEqualIfAllThatTheyHoldIs() {
    StoredToken token = full().build();
    Map<String, UnaryOperator<StoredToken.Builder>> changes = Map.of(
        "secretHash", b -> b.secretHash("k1:other"),
        "stampMac", b -> b.stampMac(new byte[] {1}),
        "familyId", b -> b.familyId(null),
        "description", b -> b.description(null),
        "signedInAt", b -> b.signedInAt(NOON),
        "expiresAt", b -> b.expiresAt(null),
        "lastUsedAt", b -> b.lastUsedAt(null),
        "consumedAt", b -> b.consumedAt(null),
        "restrictions", b -> b.restrictions(Restrictions.none()));

    changes.forEach(
        (what, change) -> assertThat(change.apply(full()).build()).as(what).isNotEqualTo(token));
    for (StoredToken other : List.of(
        StoredToken.builder(TokenKind.STORED, "t2", ALICE, "alice", NOON).build(),
        StoredToken.builder(TokenKind.REFRESH, "t3", ALICE, "alice", NOON).build(),
        StoredToken.builder(TokenKind.REFRESH, "t2", new TokenOwner("main", "u-2"), "alice", NOON)
            .build(),
        StoredToken.builder(TokenKind.REFRESH, "t2", ALICE, "bob", NOON).build(),
        StoredToken.builder(TokenKind.REFRESH, "t2", ALICE, "alice", NOON.plusSeconds(1))
            .build())) {
      assertThat(other)
          .isNotEqualTo(
              StoredToken.builder(TokenKind.REFRESH, "t2", ALICE, "alice", NOON).build());
    }
  }

  @Test
  void whatIsHandedOverOrGivenOutIsCopied() {
    byte[] mac = {1, 2};
    StoredToken token = token().stampMac(mac).build();

    mac[0] = 9;
    token.stampMac()[1] = 9;

    assertThat(token.stampMac()).containsExactly(1, 2);
  }

  @Test
  void invariant6ShowsNeitherHashNorStamp() {
    assertThat(full().build().toString())
        .contains("t2", "alice")
        .doesNotContain("c2VjcmV0aGFzaA", "k1", "[1, 2]");
  }
}
