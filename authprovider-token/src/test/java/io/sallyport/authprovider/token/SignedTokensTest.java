package io.sallyport.authprovider.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.NotPresented;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Challenge;
import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.Restrictions;
import io.sallyport.api.StampCheck;
import io.sallyport.api.Subject.StoreUser;
import io.sallyport.api.TokenRequest;
import io.sallyport.api.User;
import io.sallyport.authprovider.token.internal.HeaderFields;
import io.sallyport.authprovider.token.internal.MapSettings;
import io.sallyport.authprovider.token.internal.MapStore;
import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.authprovider.token.internal.StandardContext;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.AuthenticationProviderFactory;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.NotPermittedException;
import io.sallyport.spi.TokenGenerator;
import io.sallyport.spi.TokenGeneratorFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Generator and provider as a configuration makes them, with the same key. */
final class SignedTokensTest {

  private static final Map<String, Object> KEY = Map.of("secret_key", Samples.KEY);

  private final User lena = Samples.user("u-lena", "1");
  private final MapStore main = new MapStore().with(lena);
  private Instant now = Samples.NOW;
  private final StandardContext context = new StandardContext(
      () -> now,
      List.of(new NamedUserstore("main", main), new NamedUserstore("other", new MapStore())));
  private final AuthenticationProvider provider = provider(KEY);

  @Test
  void authenticatesTheUserAsReadFromItsStoreInThisRequest() {
    String token = tokenFor(Samples.identity(lena, signIn()));
    User promoted =
        User.builder("u-lena", "lena").roles(Set.of("admin")).build(lena.securityStamp());
    main.with(promoted);
    now = now.plusSeconds(60);

    Authenticated result =
        (Authenticated) provider.authenticate(HeaderFields.of("Authentication-Token", token));

    assertThat(result.subject()).isEqualTo(new StoreUser("main", promoted));
    assertThat(result.evidence().method()).isEqualTo("token");
    assertThat(result.evidence().signedInAt()).isEqualTo(Samples.NOW);
    assertThat(result.evidence().restrictions()).isEqualTo(Restrictions.none());
  }

  @Test
  void acceptsATokenAsBearer() {
    String token = tokenFor(Samples.identity(lena, signIn()));

    AuthenticationResult result =
        provider.authenticate(HeaderFields.of("authorization", "bearer " + token));

    assertThat(result).isInstanceOf(Authenticated.class);
  }

  @Test
  void bindsATokenToTheStampThatTheUserHad() {
    String token = tokenFor(Samples.identity(lena, signIn()));

    StampCheck check = authenticated(token).evidence().stampCheck().orElseThrow();

    assertThat(check.matches(lena.securityStamp())).isTrue();
    assertThat(check.matches(Samples.user("u-lena", "2").securityStamp())).isFalse();
    assertThat(check.matches(Samples.user("u-other", "1").securityStamp())).isFalse();
  }

  @Test
  void keepsATokenAsNarrowAsTheCredentialThatAskedForIt() {
    Restrictions narrow =
        Restrictions.none().withRoles(Set.of()).withNotAfter(Samples.NOW.plusSeconds(300));
    String token = tokenFor(
        with("minting_permitted_to", List.of("scoped")),
        Samples.identity(lena, signIn().withRestrictions(narrow)),
        TokenRequest.defaults());

    Authenticated result = authenticated(token);

    assertThat(result.evidence().restrictions()).isEqualTo(narrow);
    assertThat(Identity.of("token", result).roles()).isEmpty();
  }

  @Test
  void letsATokenAskForTheNextOneUntilTheSessionEnds() {
    String token = tokenFor(Samples.identity(lena, signIn()));
    int renewals = 0;
    while (now.isBefore(Samples.NOW.plus(Duration.ofHours(12).minusMinutes(5)))) {
      now = now.plus(Duration.ofMinutes(5));
      token = tokenFor(Identity.of("token", authenticated(token)));
      renewals++;
    }
    now = Samples.NOW.plus(Duration.ofHours(12)).minusNanos(1);
    Identity lastMoment = Identity.of("token", authenticated(token));
    now = Samples.NOW.plus(Duration.ofHours(12));
    HeaderFields request = HeaderFields.of("Authentication-Token", token);

    assertThat(renewals).isEqualTo(143);
    assertThat(provider.authenticate(request))
        .isEqualTo(new Rejected(Reason.EXPIRED, "token expired", "u-lena"));
    assertThatThrownBy(() -> tokenFor(lastMoment)).isInstanceOf(NotPermittedException.class);
  }

  @Test
  void rejectsTheTokenOfAUserWhoIsGone() {
    String token = tokenFor(Samples.identity(lena, signIn()));
    main.remove("u-lena");

    AuthenticationResult result =
        provider.authenticate(HeaderFields.of("Authentication-Token", token));

    assertThat(result).isEqualTo(new Rejected(Reason.UNKNOWN_USER, "user not found", "u-lena"));
  }

  @Test
  void rejectsTheTokenOfAUserOfAStoreThatItDoesNotSpeakFor() {
    Authenticated elsewhere = new Authenticated(new StoreUser("elsewhere", lena), signIn());
    String token = tokenFor(Identity.of("password", elsewhere));

    AuthenticationResult result =
        provider.authenticate(HeaderFields.of("Authentication-Token", token));

    assertThat(result).isInstanceOfSatisfying(Rejected.class, rejected -> {
      assertThat(rejected.reason()).isEqualTo(Reason.UNKNOWN_USER);
      assertThat(rejected.claimedName()).isEqualTo("u-lena");
    });
  }

  @Test
  void looksForAUserOnlyInTheStoreThatTheTokenNames() {
    Authenticated other = new Authenticated(new StoreUser("other", lena), signIn());
    String token = tokenFor(Identity.of("password", other));

    AuthenticationResult result =
        provider.authenticate(HeaderFields.of("Authentication-Token", token));

    assertThat(result).isEqualTo(new Rejected(Reason.UNKNOWN_USER, "user not found", "u-lena"));
  }

  @Test
  void rejectsTokensOfAnotherKeyIssuerOrAudience() {
    String token = tokenFor(Samples.identity(lena, signIn()));
    HeaderFields request = HeaderFields.of("Authentication-Token", token);
    String otherKey = (Samples.KEY.charAt(0) == 'A' ? "B" : "A") + Samples.KEY.substring(1);

    List<AuthenticationResult> results = List.of(
        provider(Map.of("secret_key", otherKey)).authenticate(request),
        provider(Map.of("secret_key", Samples.KEY, "issuer", "x")).authenticate(request),
        provider(Map.of("secret_key", Samples.KEY, "audience", "x")).authenticate(request));

    assertThat(results)
        .extracting(result -> ((Rejected) result).reason())
        .containsExactly(Reason.WRONG_CREDENTIALS, Reason.FOREIGN, Reason.FOREIGN);
  }

  @Test
  void tellsNoPartOfATokenInARejection() {
    HeaderFields request = HeaderFields.of("Authentication-Token", "c2VjcmV0.c2VjcmV0.c2VjcmV0");

    AuthenticationResult result = provider.authenticate(request);

    assertThat(result).isInstanceOf(Rejected.class);
    assertThat(result.toString()).doesNotContain("c2VjcmV0").doesNotContain("secret");
  }

  @Test
  void passesOnWhatHoldsNoToken() {
    assertThat(provider.authenticate(HeaderFields.of())).isEqualTo(new NotPresented());
    assertThat(provider.isPresented(HeaderFields.of())).isFalse();
    assertThat(provider.isPresented(HeaderFields.of("Authorization", "Basic YTpi")))
        .isFalse();
    assertThat(provider.isPresented(HeaderFields.of("Authorization", "Bearer"))).isTrue();
    assertThat(provider.authenticate(HeaderFields.of("Authorization", "Basic YTpi")))
        .isEqualTo(new NotPresented());
  }

  @Test
  void letsAStoreThatIsDownBeNoRejection() {
    String token = tokenFor(Samples.identity(lena, signIn()));
    StandardContext withoutStore =
        new StandardContext(() -> now, List.of(new NamedUserstore("main", new UnreachableStore())));
    AuthenticationProvider cut =
        new SignedTokenAuthenticationFactory().create(new MapSettings(KEY), withoutStore);

    assertThatThrownBy(() -> cut.authenticate(HeaderFields.of("Authentication-Token", token)))
        .hasMessage("the directory is down");
  }

  @Test
  void challengesWithBearerAndSaysWhenATokenWillNotDo() {
    HeaderFields bad = HeaderFields.of("Authentication-Token", "x");

    assertThat(provider.challenges(HeaderFields.of()))
        .containsExactly(new Challenge.Header("Bearer", Map.of("realm", "Sallyport")));
    assertThat(provider.challenges(bad))
        .containsExactly(
            new Challenge.Header("Bearer", Map.of("realm", "Sallyport", "error", "invalid_token")));
    assertThat(provider(with("challenge", false)).challenges(bad)).isEmpty();
    assertThat(provider(with("realm", "Ops")).challenges(HeaderFields.of()))
        .containsExactly(new Challenge.Header("Bearer", Map.of("realm", "Ops")));
  }

  @Test
  void looksOnlyIntoTheFieldsThatAreConfigured() {
    String token = tokenFor(Samples.identity(lena, signIn()));
    AuthenticationProvider own = provider(with("headers", List.of("X-Token")));

    assertThat(own.credentialHeaders()).containsExactly("X-Token");
    assertThat(own.challenges(HeaderFields.of())).isEmpty();
    assertThat(own.authenticate(HeaderFields.of("x-token", token)))
        .isInstanceOf(Authenticated.class);
    assertThat(own.authenticate(HeaderFields.of("Authorization", "Bearer " + token)))
        .isEqualTo(new NotPresented());
    assertThat(provider.credentialHeaders())
        .containsExactlyInAnyOrder("Authorization", "Authentication-Token");
  }

  @Test
  void saysThatNoBrowserSendsATokenByItself() {
    String token = tokenFor(Samples.identity(lena, signIn()));

    for (HeaderFields fields : List.of(
        HeaderFields.of("Authorization", "Bearer " + token),
        HeaderFields.of("Authentication-Token", token))) {
      assertThat(provider.authenticate(fields))
          .isInstanceOfSatisfying(
              Authenticated.class,
              known -> assertThat(known.evidence().mayBeSentByBrowsers()).isFalse());
    }
  }

  @Test
  void reportsEverythingThatIsWrongWithTheSettingsAtOnce() {
    MapSettings settings = new MapSettings(Map.of(
        "secret_key",
        "my_secret",
        "issuer",
        " ",
        "headers",
        List.of("X-Token", "x-token", "no field", "", "cookie"),
        "realm",
        "a\nb",
        "clock_skew_seconds",
        61,
        "clock_skew",
        1));

    new SignedTokenAuthenticationFactory()
        .create(settings, new StandardContext(() -> now, List.of()));

    assertThat(settings.problems())
        .anyMatch(p -> p.startsWith("secret_key: "))
        .anyMatch(p -> p.startsWith("issuer: "))
        .anyMatch(p -> p.startsWith("headers: names a header field twice"))
        .anyMatch(p -> p.startsWith("headers: expected names"))
        .anyMatch(p -> p.startsWith("headers: expected other fields than Cookie"))
        .anyMatch(p -> p.startsWith("realm: "))
        .anyMatch(p -> p.startsWith("clock_skew_seconds: expected 0 to 60"))
        .anyMatch(p -> p.startsWith("clock_skew: unknown key"))
        .anyMatch(p -> p.startsWith("tokens belong to users of a userstore"))
        .hasSize(10);
  }

  @Test
  void boundsTheLifetimeOfTokensAndSessions() {
    assertThat(generatorProblems("expires_in_seconds", 1)).isEmpty();
    assertThat(generatorProblems("expires_in_seconds", 86_400)).isEmpty();
    assertThat(generatorProblems("expires_in_seconds", 0)).hasSize(1);
    assertThat(generatorProblems("expires_in_seconds", 86_401)).hasSize(1);
    assertThat(generatorProblems("max_session_seconds", 0)).hasSize(1);
    assertThat(generatorProblems("max_session_seconds", 2_592_000)).isEmpty();
  }

  @Test
  void isFoundByItsName() {
    Module here = SignedTokensTest.class.getModule();
    here.addUses(TokenGeneratorFactory.class).addUses(AuthenticationProviderFactory.class);

    assertThat(ServiceLoader.load(TokenGeneratorFactory.class)).anySatisfy(factory -> {
      assertThat(factory).isInstanceOf(SignedTokenGeneratorFactory.class);
      assertThat(factory.name()).isEqualTo("token");
    });
    assertThat(ServiceLoader.load(AuthenticationProviderFactory.class)).anySatisfy(factory -> {
      assertThat(factory).isInstanceOf(SignedTokenAuthenticationFactory.class);
      assertThat(factory.name()).isEqualTo("token");
    });
  }

  private List<String> generatorProblems(String key, Object value) {
    MapSettings settings = new MapSettings(with(key, value));
    new SignedTokenGeneratorFactory().create(settings, context);
    return settings.problems();
  }

  private AuthenticationProvider provider(Map<String, Object> settings) {
    return new SignedTokenAuthenticationFactory().create(new MapSettings(settings), context);
  }

  private Authenticated authenticated(String token) {
    return (Authenticated) provider.authenticate(HeaderFields.of("Authentication-Token", token));
  }

  private String tokenFor(Identity identity) {
    return tokenFor(KEY, identity, TokenRequest.defaults());
  }

  private String tokenFor(Map<String, Object> settings, Identity identity, TokenRequest request) {
    try (TokenGenerator generator =
        new SignedTokenGeneratorFactory().create(new MapSettings(settings), context)) {
      return generator.generate(identity, request).value().revealText();
    }
  }

  private static Map<String, Object> with(String key, Object value) {
    Map<String, Object> settings = new HashMap<>(KEY);
    settings.put(key, value);
    return settings;
  }

  private static Evidence signIn() {
    return Evidence.of("basic", Samples.NOW);
  }
}
