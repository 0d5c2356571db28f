package io.sallyport.core.internal.gate;

import static io.sallyport.core.internal.gate.GateFixture.NOW;
import static io.sallyport.core.internal.gate.GateFixture.known;
import static io.sallyport.core.internal.gate.GateFixture.stamp;
import static io.sallyport.core.internal.gate.GateFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.NotPresented;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Challenge;
import io.sallyport.api.Credential;
import io.sallyport.api.Decision;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.Outcome;
import io.sallyport.api.Restrictions;
import io.sallyport.api.Secret;
import io.sallyport.api.Subject;
import io.sallyport.api.User;
import io.sallyport.core.internal.gate.ProviderEntry.Options;
import io.sallyport.core.internal.gate.ProviderEntry.Then;
import io.sallyport.core.internal.rules.Access;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.PasswordVerifier;
import io.sallyport.spi.PasswordVerifier.Verdict;
import io.sallyport.spi.UnavailableException;
import io.sallyport.spi.Userstore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Sketches of plug-ins that other people will write, to show that the service provider interfaces have room
 * for them: each is complete in its shape and has nothing behind it.
 */
class SpiShapeTest {

  /** A directory that checks passwords by a bind and shows no hash. */
  private static final class Directory implements Userstore {

    private final boolean up;

    Directory(boolean up) {
      this.up = up;
    }

    @Override
    public Optional<User> findUser(String username) {
      if (!up) {
        throw new UnavailableException("ldap is down", Duration.ofSeconds(2), null);
      }
      return username.equals("dora")
          ? Optional.of(User.builder("uid=dora,ou=users", "dora")
              .credential(new Credential.VerifiedByStore())
              .roles(Set.of("user"))
              .build(stamp("dora")))
          : Optional.empty();
    }

    @Override
    public Optional<User> findUserById(String id) {
      return id.equals("uid=dora,ou=users") ? findUser("dora") : Optional.empty();
    }

    @Override
    public Optional<PasswordVerifier> passwordVerifier() {
      return Optional.of((id, password) ->
          id.equals("uid=dora,ou=users") && password.matches(Secret.ofText("bind me"))
              ? Verdict.VERIFIED
              : Verdict.WRONG);
    }
  }

  /** One local administrator. */
  private static final class Local implements Userstore {

    @Override
    public Optional<User> findUser(String username) {
      return username.equals("root")
          ? Optional.of(user("root", "admin").build(stamp("root")))
          : Optional.empty();
    }

    @Override
    public Optional<User> findUserById(String id) {
      return findUser(id);
    }
  }

  /** Takes {@code name:password} from a header field, and knows the local password. */
  private record Passwords(NamedUserstore users) implements AuthenticationProvider {

    @Override
    public AuthenticationResult authenticate(AuthenticationRequest request) {
      Optional<String> field = request.header("X-Login");
      if (field.isEmpty()) {
        return new NotPresented();
      }
      String name = field.get().substring(0, field.get().indexOf(':'));
      Secret password = Secret.ofText(field.get().substring(name.length() + 1));
      Optional<User> found = users.store().findUser(name);
      if (found.isEmpty()) {
        return new Rejected(Reason.UNKNOWN_USER, "no such user", name);
      }
      boolean right = found.get().credential() instanceof Credential.VerifiedByStore
          ? users.store().passwordVerifier().orElseThrow().verify(found.get().id(), password)
              == Verdict.VERIFIED
          : password.matches(Secret.ofText("break glass"));
      return right
          ? new Authenticated(
              new Subject.StoreUser(users.name(), found.get()), Evidence.of("login", NOW))
          : new Rejected(Reason.WRONG_CREDENTIALS, "wrong password", name);
    }

    @Override
    public Set<String> credentialHeaders() {
      return Set.of("X-Login");
    }
  }

  private static AuthenticationProvider passwords(String name, Userstore store) {
    return new Passwords(
        new NamedUserstore(name, new BoundedUserstore(name, store, CallLimits.DEFAULT)));
  }

  @Test
  void aDirectoryMayCheckPasswordsItself() {
    var gate = new GateFixture().provider("ldap", passwords("directory", new Directory(true)));

    Decision right = gate.decide(TestRequest.get("/x").header("X-Login", "dora:bind me"));
    Decision wrong = gate.decide(TestRequest.get("/x").header("X-Login", "dora:guess"));

    assertThat(right.identity().orElseThrow().id()).isEqualTo("uid=dora,ou=users");
    assertThat(wrong.outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
  }

  @Test
  void aLocalAdministratorGetsInWhileTheDirectoryIsDown() {
    Options breakGlass = new Options(Then.NEXT, Then.NEXT, false, CallLimits.DEFAULT);
    var gate = new GateFixture()
        .provider("ldap", passwords("directory", new Directory(false)), breakGlass)
        .provider("local", passwords("local", new Local()));

    Decision root = gate.decide(TestRequest.get("/x").header("X-Login", "root:break glass"));
    Decision dora = gate.decide(TestRequest.get("/x").header("X-Login", "dora:bind me"));

    assertThat(root.outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(root.identity().orElseThrow().store()).isEqualTo("local");
    assertThat(dora.outcome()).isEqualTo(Outcome.UNAVAILABLE);
  }

  @Test
  void equalNamesInTwoStoresAreTwoUsers() {
    Identity local = Identity.of("a", known(user("root").build(stamp("root"))));
    Identity other = Identity.of(
        "a",
        new Authenticated(
            new Subject.StoreUser("other", user("root").build(stamp("root"))),
            Evidence.of("login", NOW)));

    assertThat(local.name()).isEqualTo(other.name());
    assertThat(local.store() + "/" + local.id()).isNotEqualTo(other.store() + "/" + other.id());
  }

  /** Takes a token of somebody else's issuer, whose users are in no store of ours. */
  private static AuthenticationProvider outsideTokens() {
    return request -> request
        .header("Authorization")
        .<AuthenticationResult>map(token -> new Authenticated(
            new Subject.ExternalUser(
                "https://issuer.example",
                "subject-1",
                "Olga",
                Set.of("user"),
                Map.of("acme", Set.of("viewer")),
                Map.of("email", "olga@example.org")),
            Evidence.of("oidc", NOW)))
        .orElseGet(NotPresented::new);
  }

  @Test
  void anOutsideTokensUserNeedBeInNoStoreIfTheEntrySaysSo() {
    Options external = new Options(Then.NEXT, Then.STOP, true, CallLimits.DEFAULT);
    var permitted = new GateFixture().provider("oidc", outsideTokens(), external);
    var refused = new GateFixture().provider("oidc", outsideTokens());
    TestRequest request = TestRequest.get("/x").header("Authorization", "Bearer abc");

    Identity olga = permitted.decide(request).identity().orElseThrow();

    assertThat(olga.store()).isEqualTo("https://issuer.example");
    assertThat(olga.roles("acme")).containsExactlyInAnyOrder("user", "viewer");
    assertThat(olga.securityStamp()).isEmpty();
    assertThat(refused.decide(request).outcome()).isEqualTo(Outcome.UNAUTHENTICATED);
  }

  /** Sends a browser away to sign in, and takes it back by a cookie. */
  private static final class BrowserLogin implements AuthenticationProvider {

    @Override
    public AuthenticationResult authenticate(AuthenticationRequest request) {
      return request
          .cookie("session")
          .<AuthenticationResult>map(session -> session.equals("good")
              ? known(user("wilma", "user").build(stamp("wilma")))
              : Rejected.of(Reason.EXPIRED, "no such session"))
          .orElseGet(NotPresented::new);
    }

    @Override
    public List<Challenge> challenges(AuthenticationRequest request) {
      boolean comesBack = request.target().path().equals("/login/callback")
          && request.cookie("state").isPresent();
      return List.of(
          comesBack
              ? new Challenge.Redirect(
                  URI.create("/"), List.of("session=good; HttpOnly; Secure; SameSite=Lax"))
              : new Challenge.Redirect(
                  URI.create("https://login.example/authorize?client_id=us"),
                  List.of("state=s; HttpOnly; Secure")));
    }
  }

  @Test
  void aLoginMayAnswerWithARedirectAndTakeTheBrowserBackWithACookie() {
    var gate = new GateFixture().provider("browser", new BrowserLogin());

    Decision away = gate.decide(TestRequest.get("/page"));
    Decision back = gate.decide(TestRequest.get("/login/callback").withCookie("state", "s"));
    Decision in = gate.decide(TestRequest.get("/page").withCookie("session", "good"));

    assertThat(away.challenges())
        .singleElement()
        .isInstanceOfSatisfying(
            Challenge.Redirect.class,
            redirect -> assertThat(redirect.uri().getHost()).isEqualTo("login.example"));
    assertThat(back.challenges())
        .singleElement()
        .isInstanceOfSatisfying(
            Challenge.Redirect.class,
            redirect -> assertThat(redirect.cookies().get(0)).startsWith("session=good"));
    assertThat(in.outcome()).isEqualTo(Outcome.ALLOWED);
  }

  @Test
  void aTokenMayBeGoodForLessThanItsUser() {
    Restrictions scope = Restrictions.none()
        .withRoles(Set.of("viewer"))
        .withEndpoints(List.of("GET /reports/**"))
        .withNotAfter(NOW.plusSeconds(60));
    User user = user("alice", "viewer", "admin").build(stamp("alice"));
    var gate = new GateFixture()
        .provider(
            "job", request -> known(user, Evidence.of("job-token", NOW).withRestrictions(scope)))
        .rule("GET /reports/**", new Access.Roles(Set.of("viewer")))
        .rule("GET /reports/secret", new Access.Roles(Set.of("admin")));

    assertThat(gate.decide(TestRequest.get("/reports/1")).outcome()).isEqualTo(Outcome.ALLOWED);
    assertThat(gate.decide(TestRequest.get("/reports/secret")).outcome())
        .isEqualTo(Outcome.FORBIDDEN);
    assertThat(gate.decide(TestRequest.of("DELETE", "/reports/1")).outcome())
        .isEqualTo(Outcome.FORBIDDEN);
  }
}
