package io.sallyport.core.internal.gate;

import static io.sallyport.core.internal.gate.GateFixture.NOW;
import static io.sallyport.core.internal.gate.GateFixture.answering;
import static io.sallyport.core.internal.gate.GateFixture.byHeader;
import static io.sallyport.core.internal.gate.GateFixture.known;
import static io.sallyport.core.internal.gate.GateFixture.stamp;
import static io.sallyport.core.internal.gate.GateFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.NotPresented;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.AuthenticationResult.Throttled;
import io.sallyport.api.Authorization;
import io.sallyport.api.Challenge;
import io.sallyport.api.Decision;
import io.sallyport.api.Dispatch;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.Outcome;
import io.sallyport.api.Profile;
import io.sallyport.api.Restrictions;
import io.sallyport.api.Target;
import io.sallyport.api.User;
import io.sallyport.core.internal.gate.ProviderEntry.Options;
import io.sallyport.core.internal.gate.ProviderEntry.Then;
import io.sallyport.core.internal.rules.Access;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.AuthorizationProvider;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

  private static final User ALICE = user("alice", "operator").build(stamp("alice"));

  private static final AuthenticationProvider ALICE_BY_HEADER =
      byHeader("X-User", Map.of("alice", known(ALICE)));

  private static TestRequest asAlice(String path) {
    return TestRequest.get(path).header("X-User", "alice");
  }

  @Test
  void endsWhereAnEntryCheckSettlesIt() {
    GateFixture gate = new GateFixture()
        .provider("header", ALICE_BY_HEADER)
        .entryCheck((request, target, decision) -> {
          decision.header("Location", "https://app.example.org" + target.path());
          return Optional.of(new EntryCheck.Verdict(Outcome.REDIRECTED, "plain HTTP"));
        })
        .entryCheck((request, target, decision) -> {
          throw new AssertionError("asked though it is settled");
        });

    Decision decision = gate.decide(asAlice("/x"));

    assertThat(decision.outcome()).isEqualTo(Outcome.REDIRECTED);
    assertThat(decision.headers())
        .containsExactly(Map.entry("Location", "https://app.example.org/x"));
    assertThat(decision.attempts()).isEmpty();
    assertThat(gate.written).containsExactly(decision);
  }

  @Test
  void goesOnWhereAnEntryCheckSettlesNothing() {
    GateFixture gate = new GateFixture()
        .provider("header", ALICE_BY_HEADER)
        .entryCheck((request, target, decision) -> {
          decision.header("Strict-Transport-Security", "max-age=1");
          return Optional.empty();
        });

    Decision decision = gate.decide(asAlice("/x"));

    assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(decision.headers()).containsOnlyKeys("Strict-Transport-Security");
  }

  @Test
  void invariant1LetsNothingPassWhereAnEntryCheckFails() {
    GateFixture gate = new GateFixture()
        .rule("GET /x", new Access.Open())
        .entryCheck((request, target, decision) -> {
          throw new IllegalStateException("broken");
        });

    Decision decision = gate.decide(asAlice("/x"));

    assertThat(decision.outcome()).isEqualTo(Outcome.UNAVAILABLE);
  }

  @Test
  void refusesAKnownCallerWhomAPageOfAnotherSiteMayHaveSent() {
    GateFixture gate = new GateFixture()
        .provider("header", ALICE_BY_HEADER)
        .callerCheck((request, target, caller) -> Optional.of("sent by another page"));

    Decision decision = gate.decide(asAlice("/x"));
    Decision dispatched = gate.decide(
        TestRequest.get("/x").knownAs(decision.identity().orElseThrow(), Dispatch.FORWARD));
    Decision unknown = gate.decide(TestRequest.get("/x"));

    for (Decision refused : List.of(decision, dispatched)) {
      assertThat(refused.outcome()).isEqualTo(Outcome.FORBIDDEN);
      assertThat(refused.isCrossSite()).isTrue();
      assertThat(refused.reason()).isEqualTo("sent by another page");
      assertThat(refused.identity()).isPresent();
      assertThat(refused.challenges()).isEmpty();
    }
    assertThat(unknown.outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(unknown.isCrossSite()).isFalse();
    assertThat(gate.written).containsExactly(decision, dispatched, unknown);
  }

  private static Options options(Then onFailure, Then onUnavailable) {
    return new Options(onFailure, onUnavailable, false, CallLimits.DEFAULT);
  }

  private static AuthenticationProvider rejecting(Reason reason) {
    return answering("X-Other", request -> new Rejected(reason, "a detail", "mallory"));
  }

  private static AuthenticationProvider failing(RuntimeException e) {
    return answering("X-Other", request -> {
      throw e;
    });
  }

  // --- targets and open rules

  @Test
  void refusesATargetThatCanBeReadInTwoWaysBeforeAskingAnybody() {
    var gate = new GateFixture().provider("p", failing(new IllegalStateException("asked")));

    Decision decision = gate.decide(TestRequest.get("/a/../b"));

    assertThat(decision.outcome()).isEqualTo(Outcome.MALFORMED);
    assertThat(decision.attempts()).isEmpty();
    assertThat(gate.written).containsExactly(decision);
  }

  @Test
  void passesAnOpenRuleWithoutAskingAnyProviderWhoeverTheCredentialsSay() {
    var gate = new GateFixture()
        .rule("GET /version", new Access.Open())
        .provider("p", failing(new IllegalStateException("asked")));

    Decision decision = gate.decide(asAlice("/version"));

    assertThat(decision.outcome()).isEqualTo(Outcome.OPEN);
    assertThat(decision.identity()).isEmpty();
    assertThat(decision.attempts()).isEmpty();
  }

  @Test
  void anExactOpenRuleDoesNotOpenItsSpellingWithASlash() {
    var gate = new GateFixture().rule("GET /version", new Access.Open());

    Decision decision = gate.decide(TestRequest.get("/version/"));

    assertThat(decision.outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
  }

  // --- who

  @Test
  void refusesACallerWithoutCredentialsWithTheChallengesOfAllProvidersInTheirOrder() {
    Challenge basic = new Challenge.Header("Basic", Map.of("realm", "a"));
    Challenge bearer = new Challenge.Header("Bearer", Map.of());
    var gate =
        new GateFixture().provider("b", challenging(basic)).provider("t", challenging(bearer));

    Decision decision = gate.decide(TestRequest.get("/x"));

    assertThat(decision.outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(decision.challenges()).containsExactly(basic, bearer);
    assertThat(decision.reason()).isEqualTo("no credentials");
  }

  @Test
  void aProviderThatFailsToChallengeDoesNotChangeTheRefusal() {
    var gate = new GateFixture().provider("p", challenging(null));

    Decision decision = gate.decide(TestRequest.get("/x"));

    assertThat(decision.outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(decision.challenges()).isEmpty();
  }

  private static AuthenticationProvider challenging(@Nullable Challenge challenge) {
    return new AuthenticationProvider() {
      @Override
      public AuthenticationResult authenticate(io.sallyport.api.AuthenticationRequest request) {
        return new NotPresented();
      }

      @Override
      public List<Challenge> challenges(io.sallyport.api.AuthenticationRequest request) {
        if (challenge == null) {
          throw new IllegalStateException("no challenge today");
        }
        return List.of(challenge);
      }
    };
  }

  @Test
  void asksProvidersInOrderUntilOneAuthenticates() {
    var gate = new GateFixture()
        .provider("first", rejecting(Reason.WRONG_CREDENTIALS))
        .provider("second", ALICE_BY_HEADER)
        .provider("third", failing(new IllegalStateException("asked")));

    Decision decision = gate.decide(asAlice("/x"));

    assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(decision.identity().orElseThrow().provider()).isEqualTo("second");
    assertThat(decision.attempts())
        .extracting(attempt -> attempt.provider() + " " + attempt.answer())
        .containsExactly("first wrong_credentials", "second authenticated");
  }

  @Test
  void aRejectionEndsTheChainWhereTheEntrySaysStop() {
    var gate = new GateFixture()
        .provider("first", rejecting(Reason.EXPIRED), options(Then.STOP, Then.STOP))
        .provider("second", ALICE_BY_HEADER);

    Decision decision = gate.decide(asAlice("/x"));

    assertThat(decision.outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(decision.claimedName()).contains("mallory");
    assertThat(decision.attempts()).hasSize(1);
  }

  @Test
  void whatIsForAnotherProviderGoesOnAlsoWhereTheEntrySaysStop() {
    var gate = new GateFixture()
        .provider("first", rejecting(Reason.FOREIGN), options(Then.STOP, Then.STOP))
        .provider("second", rejecting(Reason.FOREIGN), options(Then.STOP, Then.STOP))
        .provider("third", ALICE_BY_HEADER);

    Decision decision = gate.decide(asAlice("/x"));

    assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(decision.attempts())
        .extracting(attempt -> attempt.provider() + " " + attempt.answer())
        .containsExactly("first foreign", "second foreign", "third authenticated");
  }

  @Test
  void whatIsForNobodyIs401WithAllReasonsInTheRecord() {
    var gate = new GateFixture()
        .provider("first", rejecting(Reason.FOREIGN), options(Then.STOP, Then.STOP))
        .provider("second", rejecting(Reason.FOREIGN));

    Decision decision = gate.decide(TestRequest.get("/x"));

    assertThat(decision.outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(decision.reason()).isEqualTo("all authentication methods failed");
    assertThat(decision.attempts())
        .extracting(attempt -> attempt.provider() + " " + attempt.answer() + " " + attempt.detail())
        .containsExactly("first foreign a detail", "second foreign a detail");
  }

  @Test
  void invariant1ATokenStoreThatIsDownIsNeitherAPassNorARejection() {
    var down = new UnavailableException("the token store is down", Duration.ofSeconds(9), null);
    var gate = new GateFixture()
        .provider("api", failing(down))
        .provider("second", rejecting(Reason.FOREIGN));

    Decision decision = gate.decide(asAlice("/x"));

    assertThat(decision.outcome()).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(decision.retryAfter()).contains(Duration.ofSeconds(9));
    assertThat(decision.attempts()).hasSize(1);
    assertThat(decision.attempts().get(0).detail()).isEqualTo("the token store is down");
  }

  @Test
  void onlyWhereItIs401IsWhoeverMayNotToldHowToAuthenticate() {
    Challenge basic = new Challenge.Header("Basic", Map.of("realm", "a"));
    for (Profile profile : Profile.values()) {
      var gate = new GateFixture()
          .profile(profile)
          .provider("challenging", challenging(basic))
          .provider("p", ALICE_BY_HEADER)
          .otherwise(new Access.Deny());

      Decision decision = gate.decide(asAlice("/x"));

      assertThat(decision.outcome()).isEqualTo(Outcome.FORBIDDEN);
      assertThat(decision.challenges()).hasSize(profile == Profile.CLOUDIFY_3 ? 1 : 0);
    }
  }

  @Test
  void stopDoesNotApplyToAProviderThatWasPresentedNothing() {
    var gate = new GateFixture()
        .provider("first", byHeader("X-Other", Map.of()), options(Then.STOP, Then.STOP))
        .provider("second", ALICE_BY_HEADER);

    assertThat(gate.decide(asAlice("/x")).outcome()).isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void anExceptionOfAProviderIsNeverARejection() {
    var gate = new GateFixture()
        .provider("first", failing(new IllegalStateException("boom")))
        .provider("second", ALICE_BY_HEADER);

    Decision decision = gate.decide(asAlice("/x"));

    assertThat(decision.outcome()).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(decision.retryAfter()).contains(Duration.ofSeconds(5));
    assertThat(decision.attempts()).extracting("answer").containsExactly("unavailable");
  }

  @Test
  void aProviderThatAnswersNothingCannotTell() {
    var gate = new GateFixture().provider("first", answering("X-Other", request -> null));

    assertThat(gate.decide(TestRequest.get("/x")).outcome()).isEqualTo(Outcome.UNAVAILABLE);
  }

  @Test
  void aProviderWhoseClassesAreBrokenCannotTell() {
    var gate = new GateFixture().provider("first", answering("X-Other", request -> {
      throw new NoClassDefFoundError("a.jar.that.is.missing");
    }));

    assertThat(gate.decide(TestRequest.get("/x")).outcome()).isEqualTo(Outcome.UNAVAILABLE);
  }

  @Test
  void onUnavailableNextLetsABreakGlassProviderAnswer() {
    var gate = new GateFixture()
        .provider("directory", down(), options(Then.NEXT, Then.NEXT))
        .provider("local", ALICE_BY_HEADER);

    assertThat(gate.decide(asAlice("/x")).outcome()).isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void onUnavailableNextIsStill503WhereNobodyElseAuthenticates() {
    var gate = new GateFixture()
        .provider("directory", down(), options(Then.NEXT, Then.NEXT))
        .provider("local", rejecting(Reason.WRONG_CREDENTIALS));

    Decision decision = gate.decide(asAlice("/x"));

    assertThat(decision.outcome()).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(decision.retryAfter()).contains(Duration.ofSeconds(7));
  }

  private static AuthenticationProvider down() {
    return failing(new UnavailableException("the directory is down", Duration.ofSeconds(7), null));
  }

  @ParameterizedTest
  @EnumSource(value = Reason.class, names = "AMBIGUOUS", mode = EnumSource.Mode.EXCLUDE)
  void everyOrdinaryRejectionIsTheSame401(Reason reason) {
    var gate = new GateFixture().provider("p", rejecting(reason));

    Decision decision = gate.decide(TestRequest.get("/x"));

    assertThat(decision.outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(decision.reason()).isEqualTo("all authentication methods failed");
  }

  @Test
  void anAmbiguousCredentialIs400AndTooManyFailuresAre429() {
    var ambiguous = new GateFixture().provider("p", rejecting(Reason.AMBIGUOUS));
    var throttled = new GateFixture()
        .provider(
            "p", answering("X-Other", request -> new Throttled(Duration.ofSeconds(42), "mallory")));

    assertThat(ambiguous.decide(TestRequest.get("/x")).outcome()).isEqualTo(Outcome.MALFORMED);
    Decision decision = throttled.decide(TestRequest.get("/x"));
    assertThat(decision.outcome()).isEqualTo(Outcome.THROTTLED);
    assertThat(decision.retryAfter()).contains(Duration.ofSeconds(42));
  }

  // --- one credential

  @Test
  void aCredentialFieldThatIsThereTwiceIs400BeforeAnybodyIsAsked() {
    var gate = new GateFixture().provider("p", ALICE_BY_HEADER);

    Decision decision = gate.decide(TestRequest.get("/x").header("X-User", "alice", "alice"));

    assertThat(decision.outcome()).isEqualTo(Outcome.MALFORMED);
    assertThat(decision.attempts()).isEmpty();
  }

  @Test
  void credentialsOfTwoKindsAre400InTheStandardProfileOnly() {
    var standard = new GateFixture()
        .provider("p", ALICE_BY_HEADER)
        .provider("q", byHeader("X-Other", Map.of()));
    var cloudify = new GateFixture()
        .profile(Profile.CLOUDIFY_4)
        .provider("p", ALICE_BY_HEADER)
        .provider("q", byHeader("X-Other", Map.of()));
    TestRequest request = asAlice("/x").header("X-Other", "token");

    assertThat(standard.decide(request).outcome()).isEqualTo(Outcome.MALFORMED);
    assertThat(cloudify.decide(request).outcome()).isEqualTo(Outcome.ALLOWED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void anEmptyCredentialFieldIsNoSecondKind(String empty) {
    var gate = new GateFixture()
        .provider("p", ALICE_BY_HEADER)
        .provider("q", byHeader("X-Other", Map.of()));

    Decision decision = gate.decide(asAlice("/x").header("X-Other", empty));

    assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void aCredentialOfTheGreatestLengthIsLookedAtAndALongerOneIs400() {
    var gate = new GateFixture().provider("p", ALICE_BY_HEADER);
    String longest = "a".repeat(CredentialFields.MAX_LENGTH);

    Decision looked = gate.decide(TestRequest.get("/x").header("X-User", longest));
    Decision refused = gate.decide(TestRequest.get("/x").header("X-User", longest + "a"));

    assertThat(looked.outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(refused.outcome()).isEqualTo(Outcome.MALFORMED);
  }

  // --- what all credentials have in common

  @Test
  void refusesInactiveAndLockedUsersWhateverTheProvider() {
    assertThat(refusalOf(user("bob").active(false).build(stamp("bob")))).isEqualTo("inactive");
    assertThat(refusalOf(user("bob").locked(true).build(stamp("bob")))).isEqualTo("locked");
  }

  private static String refusalOf(User user) {
    var gate = new GateFixture().provider("p", byHeader("X-User", Map.of("bob", known(user))));
    Decision decision = gate.decide(TestRequest.get("/x").header("X-User", "bob"));
    assertThat(decision.outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(decision.claimedName()).contains("bob");
    return decision.attempts().get(0).answer();
  }

  @Test
  void aRefusedUserIsNamedAsTheCallerDidAndNotAsTheStoreDoes() {
    User user = user("bob").active(false).build(stamp("bob"));
    Evidence evidence = Evidence.of("basic", NOW).withClaimedName("bob@example.org");
    var gate =
        new GateFixture().provider("p", byHeader("X-User", Map.of("b", known(user, evidence))));

    Decision decision = gate.decide(TestRequest.get("/x").header("X-User", "b"));

    assertThat(decision.outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(decision.claimedName()).contains("bob@example.org");
  }

  @Test
  void aCredentialEndsWhenTheStampOfItsUserChanges() {
    Evidence bound =
        Evidence.of("token", NOW).withStampCheck(stamp -> stamp.equals(stamp("alice")));
    User changed =
        user("alice").build(io.sallyport.api.SecurityStamp.of("alice", new byte[] {2}, true, null));

    assertThat(outcomeFor(known(ALICE, bound))).isEqualTo(Outcome.ALLOWED);
    assertThat(outcomeFor(known(changed, bound))).isEqualTo(Outcome.UNAUTHENTICATED);
  }

  @Test
  void aCredentialEndsAtItsNotAfterAndNotBefore() {
    assertThat(outcomeFor(endingAt(NOW.plusMillis(1)))).isEqualTo(Outcome.ALLOWED);
    assertThat(outcomeFor(endingAt(NOW))).isEqualTo(Outcome.UNAUTHENTICATED);
  }

  private static AuthenticationResult endingAt(Instant end) {
    return known(
        ALICE, Evidence.of("token", NOW).withRestrictions(Restrictions.none().withNotAfter(end)));
  }

  private static Outcome outcomeFor(AuthenticationResult result) {
    return new GateFixture()
        .provider("p", byHeader("X-User", Map.of("alice", result)))
        .decide(asAlice("/x"))
        .outcome();
  }

  // --- what the caller may

  @Test
  void aRoleRuleLetsInWhoHasOneOfItsRoles() {
    assertThat(ruledBy(new Access.Roles(Set.of("admin", "operator")))).isEqualTo(Outcome.ALLOWED);
    assertThat(ruledBy(new Access.Roles(Set.of("admin")))).isEqualTo(Outcome.FORBIDDEN);
    assertThat(ruledBy(new Access.Authenticated())).isEqualTo(Outcome.ALLOWED);
    assertThat(ruledBy(new Access.Deny())).isEqualTo(Outcome.FORBIDDEN);
  }

  private static Outcome ruledBy(Access access) {
    return new GateFixture()
        .provider("p", ALICE_BY_HEADER)
        .rule("* /x", access)
        .decide(asAlice("/x"))
        .outcome();
  }

  @Test
  void whatNoRuleNamesIsDeniedBesideATableOfRules() {
    var gate = new GateFixture()
        .provider("p", ALICE_BY_HEADER)
        .rule("GET /x", new Access.Authenticated())
        .otherwise(new Access.Deny());

    assertThat(gate.decide(asAlice("/x")).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(gate.decide(asAlice("/y")).outcome()).isEqualTo(Outcome.FORBIDDEN);
    assertThat(gate.decide(TestRequest.get("/y")).outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
  }

  @Test
  void ruleAndProviderMustBothSayYes() {
    assertThat(both(new Access.Authenticated(), new Authorization.Allowed("role")))
        .isEqualTo(Outcome.ALLOWED);
    assertThat(both(new Access.Authenticated(), new Authorization.NotAllowed("none")))
        .isEqualTo(Outcome.FORBIDDEN);
    assertThat(both(new Access.Authenticated(), new Authorization.Denied("no")))
        .isEqualTo(Outcome.FORBIDDEN);
    assertThat(both(new Access.Roles(Set.of("admin")), new Authorization.Allowed("role")))
        .isEqualTo(Outcome.FORBIDDEN);
    assertThat(both(new Access.Deny(), new Authorization.Allowed("role")))
        .isEqualTo(Outcome.FORBIDDEN);
  }

  private static Outcome both(Access byRule, Authorization byProvider) {
    return new GateFixture()
        .provider("p", ALICE_BY_HEADER)
        .rule("* /x", byRule)
        .authorization((identity, tenant, target) -> byProvider)
        .decide(asAlice("/x"))
        .outcome();
  }

  @Test
  void aDenialWinsOverAnOpenRuleAndTheLackOfAYesDoesNot() {
    assertThat(onOpen(new Authorization.Denied("no"))).isEqualTo(Outcome.FORBIDDEN);
    assertThat(onOpen(new Authorization.NotAllowed("none"))).isEqualTo(Outcome.ALLOWED);
    assertThat(onOpen(new Authorization.Allowed("role"))).isEqualTo(Outcome.ALLOWED);
  }

  private static Outcome onOpen(Authorization byProvider) {
    return denyable(byProvider).decide(asAlice("/open")).outcome();
  }

  private static GateFixture denyable(Authorization byProvider) {
    return new GateFixture()
        .provider("p", ALICE_BY_HEADER)
        .rule("GET /open", new Access.Open())
        .authorization(new AuthorizationProvider() {
          @Override
          public Authorization decide(Identity identity, @Nullable String tenant, Target target) {
            return byProvider;
          }

          @Override
          public boolean mayDeny(Target target) {
            return true;
          }
        });
  }

  @Test
  void whoIsDeniedAnOpenPathCannotLeaveTheCredentialsOut() {
    var gate = denyable(new Authorization.Denied("no"));

    assertThat(gate.decide(TestRequest.get("/open")).outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
  }

  @Test
  void anAuthorizationProviderThatFailsLetsNobodyThrough() {
    var gate = new GateFixture()
        .provider("p", ALICE_BY_HEADER)
        .authorization((identity, tenant, target) -> {
          throw new UnavailableException("down", Duration.ofSeconds(3), null);
        });

    Decision decision = gate.decide(asAlice("/x"));

    assertThat(decision.outcome()).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(decision.retryAfter()).contains(Duration.ofSeconds(3));
    assertThat(gate.written).containsExactly(decision);
  }

  @Test
  void theGateAppliesTheRestrictionsOfACredentialItself() {
    Evidence scoped = Evidence.of("token", NOW)
        .withRestrictions(
            Restrictions.none().withEndpoints(List.of("GET /a/**")).withRoles(Set.of("viewer")));
    var gate = new GateFixture()
        .provider("p", byHeader("X-User", Map.of("alice", known(ALICE, scoped))))
        .rule("* /a/roles", new Access.Roles(Set.of("operator")))
        .authorization((identity, tenant, target) -> new Authorization.Allowed("everything"));

    assertThat(gate.decide(asAlice("/a/b")).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(gate.decide(asAlice("/b")).outcome()).isEqualTo(Outcome.FORBIDDEN);
    assertThat(gate.decide(asAlice("/a/roles")).outcome()).isEqualTo(Outcome.FORBIDDEN);
  }

  // --- tenants

  private static GateFixture tenants(Evidence evidence) {
    User bob = user("bob").tenantRoles(Map.of("acme", Set.of("operator"))).build(stamp("bob"));
    return new GateFixture()
        .provider("p", byHeader("X-User", Map.of("bob", known(bob, evidence))))
        .tenantHeader("Tenant")
        .rule("GET /tenant/**", new Access.Roles(Set.of("operator")), true)
        .rule("GET /free", new Access.Authenticated());
  }

  private static Outcome inTenant(String path, String... tenants) {
    return tenants(Evidence.of("test", NOW))
        .decide(TestRequest.get(path).header("X-User", "bob").header("Tenant", tenants))
        .outcome();
  }

  @Test
  void rolesOfATenantHoldInThatTenantOnly() {
    assertThat(inTenant("/tenant/x", "acme")).isEqualTo(Outcome.ALLOWED);
    assertThat(inTenant("/tenant/x", "beta")).isEqualTo(Outcome.FORBIDDEN);
    assertThat(inTenant("/tenant/x", "ACME")).isEqualTo(Outcome.FORBIDDEN);
    assertThat(inTenant("/tenant/x")).isEqualTo(Outcome.FORBIDDEN);
    assertThat(inTenant("/tenant/x", "acme", "acme")).isEqualTo(Outcome.FORBIDDEN);
  }

  @Test
  void aTenantThatIsNamedMustBeTheCallersEvenWhereNoneIsNeeded() {
    assertThat(inTenant("/free")).isEqualTo(Outcome.ALLOWED);
    assertThat(inTenant("/free", "acme")).isEqualTo(Outcome.ALLOWED);
    assertThat(inTenant("/free", "beta")).isEqualTo(Outcome.FORBIDDEN);
  }

  @Test
  void aCredentialMayBeGoodForOtherTenantsOnly() {
    Evidence elsewhere =
        Evidence.of("token", NOW).withRestrictions(Restrictions.none().withTenants(Set.of("beta")));

    Decision decision = tenants(elsewhere)
        .decide(TestRequest.get("/tenant/x").header("X-User", "bob").header("Tenant", "acme"));

    assertThat(decision.outcome()).isEqualTo(Outcome.FORBIDDEN);
  }

  // --- dispatches

  @Test
  void theIdentityOfARequestIsFoundOnce() {
    var gate = new GateFixture().provider("p", failing(new IllegalStateException("asked again")));
    Identity alice = Identity.of("p", known(ALICE));

    Decision decision = gate.decide(TestRequest.get("/x").knownAs(alice, Dispatch.FORWARD));

    assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(decision.dispatch()).isEqualTo(Dispatch.FORWARD);
  }

  @Test
  void anOpenTargetOfADispatchStillShowsWhoTheCallerIs() {
    var gate = new GateFixture()
        .rule("GET /open", new Access.Open())
        .provider("p", answering("X-Other", request -> new NotPresented()));
    Identity alice = Identity.of("p", known(ALICE));

    Decision decision = gate.decide(TestRequest.get("/open").knownAs(alice, Dispatch.FORWARD));

    assertThat(decision.outcome()).isEqualTo(Outcome.OPEN);
    assertThat(decision.identity()).contains(alice);
  }

  // --- the record

  @Test
  void nothingPassesThatCannotBeWrittenDown() {
    var gate = new GateFixture().provider("p", ALICE_BY_HEADER).audit(decision -> {
      throw new UnavailableException("disk full", Duration.ofSeconds(1), null);
    });

    assertThat(gate.decide(asAlice("/x")).outcome()).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(gate.decide(TestRequest.get("/x")).outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
  }

  // --- bounds

  @Test
  void aSlowProviderHoldsNoMoreThanItsShareAndNoLongerThanItsTime() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    AuthenticationProvider slow = answering("X-Other", request -> {
      entered.countDown();
      try {
        leave.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return known(ALICE);
    });
    var entry = new ProviderEntry(
        "slow", slow, new Options(Then.NEXT, Then.STOP, false, new CallLimits(null, 1)));
    var chain = new AuthenticationChain(
        List.of(entry), Profile.STANDARD, Set.of(), java.time.InstantSource.system(), null);
    Thread first = new Thread(() -> chain.authenticate(TestRequest.get("/x")));
    first.start();
    assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

    ChainResult second = chain.authenticate(TestRequest.get("/x"));

    assertThat(second).isInstanceOf(ChainResult.Unknown.class);
    assertThat(((ChainResult.Unknown) second).outcome()).isEqualTo(Outcome.UNAVAILABLE);
    leave.countDown();
    first.join(20_000);
    assertThat(chain.authenticate(TestRequest.get("/x"))).isInstanceOf(ChainResult.Known.class);
    chain.close();
  }

  /** Invariant 7: a flood of one kind of credential does not keep callers with another kind out. */
  @Test
  void aProviderWithAllItsPlacesTakenHoldsUpNobodyWhoShowsItNothing() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    AuthenticationProvider slow = new AuthenticationProvider() {
      @Override
      public boolean isPresented(AuthenticationRequest request) {
        return request.header("X-Slow").isPresent();
      }

      @Override
      public AuthenticationResult authenticate(AuthenticationRequest request) {
        entered.countDown();
        awaits(leave);
        return new NotPresented();
      }
    };
    var onePlace = new Options(Then.NEXT, Then.STOP, false, new CallLimits(null, 1));
    var chain = new AuthenticationChain(
        List.of(
            new ProviderEntry("slow", slow, onePlace),
            new ProviderEntry("p", ALICE_BY_HEADER, Options.DEFAULT)),
        Profile.STANDARD,
        Set.of(),
        java.time.InstantSource.system(),
        null);
    Thread busy = new Thread(() -> chain.authenticate(TestRequest.get("/x").header("X-Slow", "1")));
    busy.start();
    assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

    ChainResult alice = chain.authenticate(asAlice("/x"));

    assertThat(alice).isInstanceOf(ChainResult.Known.class);
    assertThat(alice.attempts().get(0).answer()).isEqualTo("not_presented");
    leave.countDown();
    busy.join(20_000);
    chain.close();
  }

  @Test
  void aProviderThatOverrunsItsTimeIsLeftBehindAndCannotTell() {
    CountDownLatch interrupted = new CountDownLatch(1);
    AuthenticationProvider hanging = answering("X-Other", request -> {
      try {
        new CountDownLatch(1).await(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
      return known(ALICE);
    });
    CallLimits limits = new CallLimits(Duration.ofMillis(50), 4);
    var gate = new GateFixture()
        .provider("slow", hanging, new Options(Then.NEXT, Then.STOP, false, limits));

    Decision decision = gate.decide(TestRequest.get("/x"));

    assertThat(decision.outcome()).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(decision.attempts().get(0).detail()).contains("did not answer within 50 ms");
    assertThat(awaits(interrupted)).isTrue();
  }

  private static boolean awaits(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aProviderWithATimeOutAnswersAndFailsAsWithoutOne() {
    CallLimits limits = new CallLimits(Duration.ofSeconds(20), 4);
    Options bounded = new Options(Then.NEXT, Then.STOP, false, limits);
    var answering = new GateFixture().provider("p", ALICE_BY_HEADER, bounded);
    var failing = new GateFixture().provider("p", down(), bounded);

    assertThat(answering.decide(asAlice("/x")).outcome()).isEqualTo(Outcome.ALLOWED);
    Decision decision = failing.decide(asAlice("/x"));
    assertThat(decision.outcome()).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(decision.retryAfter()).contains(Duration.ofSeconds(7));
  }
}
