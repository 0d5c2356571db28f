package io.sallyport.core.internal.gate;

import static io.sallyport.core.internal.gate.GateFixture.NOW;
import static io.sallyport.core.internal.gate.GateFixture.byHeader;
import static io.sallyport.core.internal.gate.GateFixture.known;
import static io.sallyport.core.internal.gate.GateFixture.stamp;
import static io.sallyport.core.internal.gate.GateFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Authorization;
import io.sallyport.api.Decision;
import io.sallyport.api.Dispatch;
import io.sallyport.api.Evidence;
import io.sallyport.api.Outcome;
import io.sallyport.api.Restrictions;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.User;
import io.sallyport.core.internal.rules.Access;
import io.sallyport.core.internal.rules.RolesAuthorization;
import io.sallyport.core.internal.rules.RolesFile;
import io.sallyport.spi.AuthorizationProvider;
import io.sallyport.spi.ConfigurationFiles.Reloadable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials that are good for less than their users. */
class CredentialScopeTest {

  private static final User BOB = user("bob", "viewer", "auditor")
      .tenantRoles(Map.of("acme", Set.of("operator"), "beta", Set.of("operator")))
      .build(stamp("bob"));

  private static GateFixture withCredential(Evidence evidence) {
    return new GateFixture()
        .provider("token", byHeader("X-Token", Map.of("bobs", known(BOB, evidence))))
        .tenantHeader("Tenant");
  }

  private static GateFixture restricted(Restrictions restrictions) {
    return withCredential(Evidence.of("token", NOW).withRestrictions(restrictions));
  }

  private static GateFixture goodFor(String... endpoints) {
    return restricted(Restrictions.none().withEndpoints(List.of(endpoints)));
  }

  private static GateFixture goodIn(String... tenants) {
    return restricted(Restrictions.none().withTenants(Set.of(tenants)));
  }

  private static TestRequest send(String method, String path) {
    return TestRequest.of(method, path).header("X-Token", "bobs");
  }

  // --- endpoints

  @Test
  void isGoodForItsEndpointsAndNoOthersWhateverRulesAndProviderSay() {
    var gate = goodFor("GET /a/**", "POST,PUT /b")
        .authorization((identity, tenant, target) -> new Authorization.Allowed("everything"));

    assertThat(gate.decide(send("GET", "/a/x")).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(gate.decide(send("HEAD", "/a/x")).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(gate.decide(send("PUT", "/b")).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(gate.decide(send("DELETE", "/a/x")).outcome()).isEqualTo(Outcome.FORBIDDEN);
    assertThat(gate.decide(send("GET", "/b")).outcome()).isEqualTo(Outcome.FORBIDDEN);
    assertThat(gate.decide(send("PUT", "/b/")).outcome()).isEqualTo(Outcome.FORBIDDEN);
    assertThat(gate.decide(send("PUT", "/B")).outcome()).isEqualTo(Outcome.FORBIDDEN);
  }

  @Test
  void isGoodForNothingWhereItsListIsEmpty() {
    assertThat(goodFor().decide(send("GET", "/a")).outcome()).isEqualTo(Outcome.FORBIDDEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "/a",
        "GET",
        "GET a",
        "GET /a/../b",
        "GET /%61",
        "GET /a//b",
        "G@T /a",
        "GET /{",
        "GET,,PUT /a",
        "**",
        "* **"
      })
  void invariant1ALineThatCannotBeReadPermitsNothingAndBreaksNothing(String broken) {
    var gate = goodFor(broken, "GET /good");

    Decision refused = gate.decide(send("GET", "/a"));
    Decision allowed = gate.decide(send("GET", "/good"));

    assertThat(refused.outcome()).isEqualTo(Outcome.FORBIDDEN);
    assertThat(refused.reason())
        .isEqualTo(
            "the credential is not good for this endpoint; of the 2 that it names 1 cannot be read");
    assertThat(allowed.outcome()).isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void isJudgedAnewForEachDispatch() {
    var gate = goodFor("GET /a");
    var caller = gate.decide(send("GET", "/a")).identity().orElseThrow();

    Decision forward = gate.decide(TestRequest.get("/b").knownAs(caller, Dispatch.FORWARD));

    assertThat(forward.outcome()).isEqualTo(Outcome.FORBIDDEN);
  }

  @Test
  void whatIsOpenToEverybodyIsOpenToIt() {
    var gate = goodFor("GET /a").rule("GET /version", new Access.Open());

    assertThat(gate.decide(send("GET", "/version")).outcome()).isEqualTo(Outcome.OPEN);
  }

  @Test
  void invariant7ManyListsAreParsedAndFewAreKept() {
    var cache = new PermittedEndpoints.Cache();
    var target = TestRequest.get("/a").target();

    for (int i = 0; i < 10 * PermittedEndpoints.Cache.MAX_LISTS; i++) {
      assertThat(cache.of(List.of("GET /a", "GET /" + i)).refusal(target)).isEmpty();
      assertThat(cache.of(List.of("GET /b", "GET /" + i)).refusal(target)).isPresent();
    }

    assertThat(cache.size()).isPositive().isLessThanOrEqualTo(PermittedEndpoints.Cache.MAX_LISTS);
  }

  @Test
  void invariant7AListOfManyLinesIsNotKept() {
    var cache = new PermittedEndpoints.Cache();
    var lines = new ArrayList<String>();
    for (int i = 0; i <= PermittedEndpoints.Cache.MAX_LINES; i++) {
      lines.add("GET /" + i);
    }

    assertThat(cache.of(lines).refusal(TestRequest.get("/64").target())).isEmpty();
    assertThat(cache.size()).isZero();
    lines.remove(0);
    assertThat(cache.of(lines).refusal(TestRequest.get("/64").target())).isEmpty();
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void whatIsKeptDoesNotChangeWithTheListThatItWasReadFrom() {
    var cache = new PermittedEndpoints.Cache();
    var lines = new ArrayList<>(List.of("GET /a"));
    cache.of(lines);

    lines.set(0, "GET /b");

    assertThat(cache.of(List.of("GET /a")).refusal(TestRequest.get("/a").target()))
        .isEmpty();
    assertThat(cache.of(lines).refusal(TestRequest.get("/a").target())).isPresent();
  }

  // --- roles and tenants

  @Test
  void hasOfItsUsersRolesThoseThatItNamesAndNeverMore() {
    var gate = restricted(Restrictions.none().withRoles(Set.of("viewer", "admin")))
        .rule("GET /view", new Access.Roles(Set.of("viewer")))
        .rule("GET /audit", new Access.Roles(Set.of("auditor")))
        .rule("GET /admin", new Access.Roles(Set.of("admin")));

    assertThat(gate.decide(send("GET", "/view")).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(gate.decide(send("GET", "/audit")).outcome()).isEqualTo(Outcome.FORBIDDEN);
    assertThat(gate.decide(send("GET", "/admin")).outcome()).isEqualTo(Outcome.FORBIDDEN);
  }

  @Test
  void forOneTenantSpeaksForItWhereNoneIsNamed() {
    var gate = goodIn("acme").rule("GET /x", new Access.Roles(Set.of("operator")), true);

    Decision decision = gate.decide(send("GET", "/x"));

    assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(decision.tenant()).contains("acme");
    assertThat(decision.identity().orElseThrow().roles("acme")).contains("operator", "viewer");
  }

  @Test
  void forOneTenantCannotBeUsedInAnotherOfItsUsers() {
    var gate = goodIn("acme").rule("GET /x", new Access.Authenticated());

    assertThat(gate.decide(send("GET", "/x").header("Tenant", "beta")).outcome())
        .isEqualTo(Outcome.FORBIDDEN);
    assertThat(gate.decide(send("GET", "/x").header("Tenant", "acme")).outcome())
        .isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void forSeveralTenantsHasNoRolesWhereNoneIsNamed() {
    var gate = goodIn("acme", "beta")
        .rule("GET /roles", new Access.Roles(Set.of("viewer")))
        .rule("GET /any", new Access.Authenticated());

    assertThat(gate.decide(send("GET", "/roles")).outcome()).isEqualTo(Outcome.FORBIDDEN);
    assertThat(gate.decide(send("GET", "/roles").header("Tenant", "beta")).outcome())
        .isEqualTo(Outcome.ALLOWED);
    assertThat(gate.decide(send("GET", "/any")).outcome()).isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void forATenantThatItsUserHasLeftIsGoodNowhere() {
    var gate = goodIn("gone").rule("GET /any", new Access.Authenticated());

    assertThat(gate.decide(send("GET", "/any")).outcome()).isEqualTo(Outcome.FORBIDDEN);
    assertThat(gate.decide(send("GET", "/any").header("Tenant", "gone")).outcome())
        .isEqualTo(Outcome.FORBIDDEN);
  }

  // --- a roles file

  private static AuthorizationProvider rolesFile() {
    RolesFile.Builder file = RolesFile.builder();
    file.allow("viewer", "*", List.of("GET"));
    file.allow("operator", "*", List.of("POST"));
    file.deny("auditor", "/closed/*", List.of("*"));
    RolesFile content = file.build();
    return new RolesAuthorization(new Reloadable<>() {
      @Override
      public RolesFile current() {
        return content;
      }

      @Override
      public void close() {}
    });
  }

  @Test
  void cannotGetAroundADenyByLeavingTheRoleOutThatIsDenied() {
    var gate =
        restricted(Restrictions.none().withRoles(Set.of("viewer"))).authorization(rolesFile());

    assertThat(gate.decide(send("GET", "/x")).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(gate.decide(send("GET", "/closed/x")).outcome()).isEqualTo(Outcome.FORBIDDEN);
  }

  @Test
  void cannotGetAroundADenyByATenant() {
    var gate = goodIn("acme").authorization(rolesFile());

    assertThat(gate.decide(send("POST", "/x")).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(gate.decide(send("POST", "/closed/x")).outcome()).isEqualTo(Outcome.FORBIDDEN);
  }

  @Test
  void cannotGetAroundADenyOfAnOpenPath() {
    var gate = restricted(Restrictions.none().withRoles(Set.of("viewer")))
        .rule("GET /closed/**", new Access.Open())
        .authorization(rolesFile());

    assertThat(gate.decide(send("GET", "/closed/x")).outcome()).isEqualTo(Outcome.FORBIDDEN);
  }

  @Test
  void hasNoRoleInTheRolesFileWhereItHasNone() {
    var gate = goodIn("acme", "beta").authorization(rolesFile());

    assertThat(gate.decide(send("GET", "/x")).outcome()).isEqualTo(Outcome.FORBIDDEN);
    assertThat(gate.decide(send("GET", "/x").header("Tenant", "acme")).outcome())
        .isEqualTo(Outcome.ALLOWED);
  }

  // --- refresh tokens

  private static GateFixture refresh(Restrictions restrictions) {
    return withCredential(Evidence.of("refresh", NOW)
            .withRestrictions(restrictions)
            .withToken(new TokenDetails(TokenKind.REFRESH, "r1", "family", NOW, null)))
        .tokensAt("/tokens", "/api/v2.1/tokens")
        .rule("GET /version", new Access.Open())
        .otherwise(new Access.Authenticated());
  }

  @Test
  void aRefreshTokenIsGoodForPostToATokensEndpointAndNothingElse() {
    var gate = refresh(Restrictions.none())
        .authorization((identity, tenant, target) -> new Authorization.Allowed("everything"));

    assertThat(gate.decide(send("POST", "/tokens")).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(gate.decide(send("POST", "/api/v2.1/tokens")).outcome()).isEqualTo(Outcome.ALLOWED);
    for (String other : List.of("/", "/tokens/", "/tokens/x", "/Tokens", "/api/tokens", "/users")) {
      assertThat(gate.decide(send("POST", other)).outcome()).as(other).isEqualTo(Outcome.FORBIDDEN);
    }
    for (String method : List.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "POSTS")) {
      assertThat(gate.decide(send(method, "/tokens")).outcome())
          .as(method)
          .isEqualTo(Outcome.FORBIDDEN);
    }
    assertThat(gate.decide(send("GET", "/version")).outcome()).isEqualTo(Outcome.OPEN);
  }

  @Test
  void aRefreshTokenIsGoodInADispatchForNoMoreThanInARequest() {
    var gate = refresh(Restrictions.none());
    var caller = gate.decide(send("POST", "/tokens")).identity().orElseThrow();

    Decision forward =
        gate.decide(TestRequest.of("POST", "/users").knownAs(caller, Dispatch.FORWARD));

    assertThat(forward.outcome()).isEqualTo(Outcome.FORBIDDEN);
  }

  @Test
  void aRefreshTokenOfNarrowTokensGetsTheNextOne() {
    var gate = refresh(Restrictions.none().withEndpoints(List.of("GET /a")));

    assertThat(gate.decide(send("POST", "/tokens")).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(gate.decide(send("GET", "/a")).outcome()).isEqualTo(Outcome.FORBIDDEN);
  }

  @Test
  void aRefreshTokenNeedsTheYesOfTheRulesAsEverybodyDoes() {
    var gate = refresh(Restrictions.none()).rule("POST /tokens", new Access.Deny());

    assertThat(gate.decide(send("POST", "/tokens")).outcome()).isEqualTo(Outcome.FORBIDDEN);
  }
}
