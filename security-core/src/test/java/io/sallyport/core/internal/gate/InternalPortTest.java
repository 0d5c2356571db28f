package io.sallyport.core.internal.gate;

import static io.sallyport.core.internal.gate.GateFixture.byHeader;
import static io.sallyport.core.internal.gate.GateFixture.known;
import static io.sallyport.core.internal.gate.GateFixture.stamp;
import static io.sallyport.core.internal.gate.GateFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Attempt;
import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.Challenge;
import io.sallyport.api.Decision;
import io.sallyport.api.Identity;
import io.sallyport.api.Outcome;
import io.sallyport.core.internal.gate.ProviderEntry.Options;
import io.sallyport.core.internal.gate.ProviderEntry.Reach;
import io.sallyport.core.internal.gate.ProviderEntry.Then;
import io.sallyport.core.internal.rules.Access;
import io.sallyport.spi.AuthenticationProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is asked on which port, and that somebody is asked on an internal one. */
class InternalPortTest {

  private static final int INTERNAL = 8101;
  private static final Authenticated ALICE = known(user("alice", "admin").build(stamp("alice")));
  private static final Authenticated JOBS = known(user("jobs", "job").build(stamp("jobs")));

  private final GateFixture gate = new GateFixture()
      .internalPort(INTERNAL)
      .provider("password", byHeader("Authorization", Map.of("alice", ALICE)))
      .provider("service", byHeader("X-Service", Map.of("jobs", JOBS)), reach(Reach.INTERNAL))
      .rule("GET /open", new Access.Open())
      .rule("GET /jobs", new Access.Roles(Set.of("job")));

  @Test
  void aProviderForInternalCallersIsAskedThere() {
    Decision decision = gate.decide(internal("/x").header("X-Service", "jobs"));

    assertThat(decision.outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(decision.identity()).map(Identity::name).contains("jobs");
    assertThat(decision.attempts()).extracting(Attempt::provider).containsExactly("service");
  }

  @Test
  void aProviderForInternalCallersIsNotAskedElsewhere() {
    Decision decision = gate.decide(TestRequest.get("/x").header("X-Service", "jobs"));

    assertThat(decision.outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(decision.attempts()).extracting(Attempt::provider).containsExactly("password");
  }

  @Test
  void aPublicProviderIsNotAskedOnAnInternalPort() {
    Decision decision = gate.decide(internal("/x").header("Authorization", "alice"));

    assertThat(decision.outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(decision.attempts()).extracting(Attempt::provider).containsExactly("service");
  }

  @Test
  void aProviderForAllConnectorsIsAskedOnBothInItsPlace() {
    var token = byHeader("X-Token", Map.of("alice", ALICE));
    gate.provider("token", token, reach(Reach.ALL));

    Decision outside = gate.decide(TestRequest.get("/x").header("X-Token", "alice"));
    Decision inside = gate.decide(internal("/x").header("X-Token", "alice"));

    assertThat(outside.attempts())
        .extracting(Attempt::provider)
        .containsExactly("password", "token");
    assertThat(inside.attempts()).extracting(Attempt::provider).containsExactly("service", "token");
    assertThat(List.of(outside.outcome(), inside.outcome())).containsOnly(Outcome.ALLOWED);
  }

  @Test
  void whatIsOpenElsewhereNeedsSomebodyOnAnInternalPort() {
    assertThat(gate.decide(TestRequest.get("/open")).outcome()).isEqualTo(Outcome.OPEN);
    assertThat(gate.decide(internal("/open")).outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(gate.decide(internal("/open").header("X-Service", "eve")).outcome())
        .isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(gate.decide(internal("/open").header("X-Service", "jobs")).outcome())
        .isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void rulesAndRolesHoldOnAnInternalPortToo() {
    gate.rule("GET /admin", new Access.Roles(Set.of("admin"))).rule("GET /no", new Access.Deny());

    assertThat(gate.decide(internal("/jobs").header("X-Service", "jobs")).outcome())
        .isEqualTo(Outcome.ALLOWED);
    assertThat(gate.decide(internal("/admin").header("X-Service", "jobs")).outcome())
        .isEqualTo(Outcome.FORBIDDEN);
    assertThat(gate.decide(internal("/no").header("X-Service", "jobs")).outcome())
        .isEqualTo(Outcome.FORBIDDEN);
  }

  @Test
  void whereNobodyIsAskedNobodyPasses() {
    var lonely = new GateFixture()
        .internalPort(INTERNAL)
        .provider("password", byHeader("Authorization", Map.of("alice", ALICE)))
        .rule("GET /open", new Access.Open());

    assertThat(lonely.decide(internal("/open").header("Authorization", "alice")).outcome())
        .isEqualTo(Outcome.UNAUTHENTICATED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "X-Server-Port", "X-Forwarded-Port", "Forwarded"})
  void noHeaderFieldMakesAPortInternal(String field) {
    var request = TestRequest.get("/x").header("X-Service", "jobs").header(field, "h:8101");

    assertThat(gate.decide(request).outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
  }

  @Test
  void onlyThoseWhoAreAskedTellWhatToDo() {
    var challenging = new AuthenticationProvider() {
      @Override
      public AuthenticationResult authenticate(AuthenticationRequest request) {
        return new AuthenticationResult.NotPresented();
      }

      @Override
      public List<Challenge> challenges(AuthenticationRequest request) {
        return List.of(new Challenge.Header("Basic", Map.of()));
      }
    };
    gate.provider("challenging", challenging);

    assertThat(gate.decide(TestRequest.get("/x")).challenges()).hasSize(1);
    assertThat(gate.decide(internal("/x")).challenges()).isEmpty();
  }

  @Test
  void twoFieldsWithCredentialsAreRefusedWhoeverLooksIntoThem() {
    Decision decision =
        gate.decide(internal("/x").header("X-Service", "jobs").header("Authorization", "alice"));

    assertThat(decision.outcome()).isEqualTo(Outcome.MALFORMED);
  }

  @Test
  void whatComesWithTheConnectionCountsOnlyWhereNothingWasSentWithTheRequest() {
    gate.provider("certificate", ofConnection(), reach(Reach.ALL));

    Decision silent = gate.decide(TestRequest.get("/x"));
    Decision blank = gate.decide(TestRequest.get("/x").header("Authorization", " "));
    Decision asAlice = gate.decide(TestRequest.get("/x").header("Authorization", "alice"));
    Decision wrong = gate.decide(TestRequest.get("/x").header("Authorization", "eve"));
    // a field that nobody looks into on this port: the service must not act for whoever it names
    Decision passedOn = gate.decide(internal("/x").header("Authorization", "alice"));

    assertThat(silent.identity()).map(Identity::name).contains("jobs");
    assertThat(blank.identity()).map(Identity::name).contains("jobs");
    assertThat(asAlice.identity()).map(Identity::name).contains("alice");
    assertThat(wrong.outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(passedOn.outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
    assertThat(passedOn.attempts().get(1))
        .isEqualTo(new Attempt(
            "certificate",
            "not_presented",
            "what a header field holds goes before the credential of the connection"));
  }

  private static AuthenticationProvider ofConnection() {
    return new AuthenticationProvider() {
      @Override
      public AuthenticationResult authenticate(AuthenticationRequest request) {
        return JOBS;
      }

      @Override
      public Set<String> credentialHeaders() {
        return Set.of();
      }
    };
  }

  private static Options reach(Reach reach) {
    return new Options(Then.NEXT, Then.STOP, false, CallLimits.DEFAULT, reach);
  }

  private static TestRequest internal(String path) {
    return TestRequest.get(path).to("127.0.0.1", INTERNAL);
  }
}
