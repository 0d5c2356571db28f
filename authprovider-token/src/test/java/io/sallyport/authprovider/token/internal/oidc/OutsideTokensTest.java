package io.sallyport.authprovider.token.internal.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.NotPresented;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Evidence;
import io.sallyport.api.Profile;
import io.sallyport.api.Subject.ExternalUser;
import io.sallyport.api.Subject.StoreUser;
import io.sallyport.api.TokenKind;
import io.sallyport.api.User;
import io.sallyport.authprovider.token.internal.HeaderFields;
import io.sallyport.authprovider.token.internal.MapSettings;
import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.ConfigurationFiles;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import io.sallyport.spi.Userstore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider with real issuers behind real sockets. */
@Timeout(60)
final class OutsideTokensTest {

  private static final RSAKey KEY = TestIssuer.rsa("first");
  private static final RSAKey OTHER_KEY = TestIssuer.rsa("other");

  private final TestIssuer issuer = new TestIssuer(KEY);
  private final User lena = Samples.user("s-1001", "1");
  private final List<AutoCloseable> opened = new ArrayList<>(List.of(issuer));
  private volatile Instant now = Samples.NOW;

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable part : opened) {
      part.close();
    }
  }

  @Test
  void knowsWhomTheIssuerVouchesForByTheMappedClaims() {
    AuthenticationProvider provider = external(Map.of(
        "username_claim",
        "preferred_username",
        "roles_claim",
        "realm_access.roles",
        "roles",
        Map.of("ops", List.of("operator", "viewer"), "root", "admin"),
        "tenants_claim",
        "groups",
        "tenants",
        Map.of("/customers/acme", Map.of("acme", "user")),
        "attributes",
        Map.of("mail", "email")));
    JWTClaimsSet claims = issuer
        .claims(now)
        .claim("preferred_username", "Léna")
        .claim("realm_access", Map.of("roles", List.of("ops", "sys_admin", "offline_access")))
        .claim("groups", List.of("/customers/acme", "/customers/other"))
        .claim("email", "lena@example.org")
        .claim("auth_time", now.minusSeconds(60).getEpochSecond())
        .jwtID("t-1")
        .build();

    Authenticated result = authenticated(provider, TestIssuer.sign(KEY, "at+jwt", claims));

    assertThat(result.subject())
        .isEqualTo(new ExternalUser(
            issuer.issuer(),
            "s-1001",
            "Léna",
            Set.of("operator", "viewer"),
            Map.of("acme", Set.of("user")),
            Map.of("mail", "lena@example.org")));
    assertThat(result.evidence().method()).isEqualTo("oidc");
    assertThat(result.evidence().signedInAt()).isEqualTo(now.minusSeconds(60));
    assertThat(result.evidence().mayBeSentByBrowsers()).isFalse();
    assertThat(result.evidence().restrictions().notAfter()).contains(now.plusSeconds(330));
    assertThat(result.evidence().token()).hasValueSatisfying(token -> {
      assertThat(token.kind()).isEqualTo(TokenKind.OUTSIDE);
      assertThat(token.id()).isEqualTo("t-1");
      assertThat(token.issuedAt()).isEqualTo(now);
    });
  }

  @Test
  void acceptsATokenThatTheIssuersTokenEndpointGaveOut() throws Exception {
    issuer.tellTime(now);
    AccessTokenResponse response = AccessTokenResponse.parse(new TokenRequest(
            java.net.URI.create(issuer.issuer() + TestIssuer.TOKEN),
            new ClientSecretBasic(
                new ClientID("robot"), new Secret("only-in-this-test-0123456789")),
            new ClientCredentialsGrant(),
            new Scope("deploy"))
        .toHTTPRequest()
        .send());

    Authenticated result = authenticated(
        external(Map.of()), response.getTokens().getBearerAccessToken().getValue());

    assertThat(result.subject()).isInstanceOfSatisfying(ExternalUser.class, user -> {
      assertThat(user.id()).isEqualTo("robot");
      assertThat(user.roles()).isEmpty();
    });
  }

  @Test
  void takesRolesAsTheyAreOnlyWhereThatIsSaid() {
    Map<String, Object> asIs =
        Map.of("roles_claim", "https://x.example/roles", "take_roles", "as_is");
    JWTClaimsSet claims =
        issuer.claims(now).claim("https://x.example/roles", List.of("viewer")).build();
    JWTClaimsSet broken =
        issuer.claims(now).claim("https://x.example/roles", List.of("vie\nwer")).build();
    AuthenticationProvider provider = external(asIs);

    Authenticated result = authenticated(provider, TestIssuer.sign(KEY, "JWT", claims));

    assertThat(((ExternalUser) result.subject()).roles()).containsExactly("viewer");
    assertThat(rejected(provider, TestIssuer.sign(KEY, "JWT", broken)).reason())
        .isEqualTo(Reason.MALFORMED);
  }

  @Test
  void findsTheUserInTheUserstoreWithTheRolesOfThere() {
    AuthenticationProvider provider = stored(Map.of("username_claim", "login"));
    JWTClaimsSet claims = issuer
        .claims(now)
        .claim("login", lena.name())
        .claim("roles", List.of("admin"))
        .build();
    JWTClaimsSet unknown = issuer.claims(now).claim("login", "nobody").build();

    Authenticated result = authenticated(provider, TestIssuer.sign(KEY, "at+jwt", claims));

    assertThat(result.subject()).isEqualTo(new StoreUser("main", lena));
    assertThat(rejected(provider, TestIssuer.sign(KEY, "at+jwt", unknown)).reason())
        .isEqualTo(Reason.UNKNOWN_USER);
    assertThat(rejected(provider, token()).reason()).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void followsTheRotationOfKeysAtABoundedRate() {
    AuthenticationProvider provider = external(Map.of());
    authenticated(provider, token());
    issuer.publish(OTHER_KEY);
    String rotated = TestIssuer.sign(OTHER_KEY, "at+jwt", issuer.claims(now).build());
    for (int i = 0; i < 50; i++) {
      rejected(provider, rotated);
    }
    assertThat(issuer.asked(TestIssuer.JWKS)).isEqualTo(1);

    now = now.plusSeconds(10);

    assertThat(authenticate(provider, rotated)).isInstanceOf(Authenticated.class);
    assertThat(rejected(provider, token()).reason()).isEqualTo(Reason.FOREIGN);
    assertThat(issuer.asked(TestIssuer.JWKS)).isEqualTo(2);
  }

  /** What an evidence is made of is read once, so the same one means that nothing was verified again. */
  @Test
  void verifiesARepeatedTokenOnceForAsLongAsItsKeyIsPublished() {
    AuthenticationProvider provider = external(Map.of());
    String token = token();
    Evidence first = authenticated(provider, token).evidence();
    assertThat(authenticated(provider, token).evidence()).isSameAs(first);

    causeAFetch(provider);

    assertThat(issuer.asked(TestIssuer.JWKS)).isEqualTo(2);
    assertThat(authenticated(provider, token).evidence()).isSameAs(first);
  }

  @Test
  void verifiesEachTimeWhereTheCacheIsOff() {
    AuthenticationProvider provider = external(Map.of("cache", "off"));
    String token = token();

    Evidence first = authenticated(provider, token).evidence();

    assertThat(authenticated(provider, token).evidence()).isNotSameAs(first);
  }

  @Test
  void refusesARememberedTokenOnceItIsKnownThatItsKeyWasTakenAway() {
    AuthenticationProvider provider = external(Map.of());
    String token = token();
    authenticated(provider, token);

    issuer.publish(OTHER_KEY);
    assertThat(authenticate(provider, token)).isInstanceOf(Authenticated.class);
    causeAFetch(provider);

    assertThat(rejected(provider, token).reason()).isEqualTo(Reason.FOREIGN);
  }

  @Test
  void refusesARememberedTokenWhoseKeyWasReplacedUnderTheSameName() {
    AuthenticationProvider provider = external(Map.of());
    String token = token();
    authenticated(provider, token);

    issuer.publish(new RSAKey.Builder(OTHER_KEY).keyID("first").build());
    causeAFetch(provider);

    assertThat(rejected(provider, token).reason()).isEqualTo(Reason.WRONG_CREDENTIALS);
  }

  @Test
  void judgesARememberedTokenByTheTimeOfEachUse() {
    AuthenticationProvider provider = external(Map.of());
    AuthenticationProvider strict = external(Map.of("max_token_age", "2m"));
    String token = token();
    String later = TestIssuer.sign(
        KEY,
        "at+jwt",
        issuer.claims(now).notBeforeTime(Date.from(now.plusSeconds(20))).build());
    authenticated(provider, token);
    authenticated(provider, later);
    authenticated(strict, token);

    now = Samples.NOW.plusSeconds(120).minusNanos(1);
    assertThat(authenticate(strict, token)).isInstanceOf(Authenticated.class);
    now = Samples.NOW.plusSeconds(120);
    assertThat(rejected(strict, token).reason()).isEqualTo(Reason.EXPIRED);
    now = Samples.NOW.plusSeconds(330).minusNanos(1);
    assertThat(authenticate(provider, token)).isInstanceOf(Authenticated.class);
    now = Samples.NOW.plusSeconds(330);
    assertThat(rejected(provider, token).reason()).isEqualTo(Reason.EXPIRED);
    now = Samples.NOW.minusSeconds(11);
    assertThat(authenticate(provider, token)).isInstanceOf(Authenticated.class);
    assertThat(rejected(provider, later).reason()).isEqualTo(Reason.NOT_YET_VALID);
    now = Samples.NOW.minusSeconds(31);
    assertThat(rejected(provider, token).reason()).isEqualTo(Reason.NOT_YET_VALID);
  }

  @Test
  void knowsNoRememberedTokenOnceTheKeysAreTooOld() {
    AuthenticationProvider provider =
        external(Map.of("keys_kept_for", "1m", "keys_refresh_after", "10s"));
    String token = token();
    authenticated(provider, token);

    issuer.close();
    now = now.plusSeconds(60);

    assertThatThrownBy(() -> authenticate(provider, token))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void readsTheUserOfARememberedTokenAfresh() {
    AtomicReference<User> current = new AtomicReference<>(lena);
    Userstore store = new Userstore() {
      @Override
      public Optional<User> findUser(String username) {
        return Optional.ofNullable(current.get()).filter(user -> user.name().equals(username));
      }

      @Override
      public Optional<User> findUserById(String id) {
        throw new UnsupportedOperationException("an outside token names nobody by our id");
      }
    };
    AuthenticationProvider provider = provider(
        issuer,
        Map.of("username_claim", "login"),
        new Context(() -> now, List.of(new NamedUserstore("main", store)), false));
    JWTClaimsSet claims = issuer.claims(now).claim("login", lena.name()).build();
    String token = TestIssuer.sign(KEY, "at+jwt", claims);
    authenticated(provider, token);

    current.set(null);

    assertThat(rejected(provider, token).reason()).isEqualTo(Reason.UNKNOWN_USER);
  }

  /** By the name of a key that nobody has. */
  private void causeAFetch(AuthenticationProvider provider) {
    now = now.plusSeconds(10);
    RSAKey unknown = new RSAKey.Builder(OTHER_KEY).keyID("unknown").build();
    rejected(provider, TestIssuer.sign(unknown, "at+jwt", issuer.claims(now).build()));
  }

  @Test
  void keepsIssuersApart() {
    TestIssuer second = new TestIssuer(OTHER_KEY);
    opened.add(second);
    AuthenticationProvider one = external(Map.of());
    AuthenticationProvider two = external(second, Map.of());
    String ofFirst = token();
    String ofSecond = TestIssuer.sign(OTHER_KEY, "at+jwt", second.claims(now).build());
    String mixed = TestIssuer.sign(OTHER_KEY, "at+jwt", issuer.claims(now).build());
    RSAKey sameName = new RSAKey.Builder(OTHER_KEY).keyID("first").build();
    String disguised = TestIssuer.sign(sameName, "at+jwt", issuer.claims(now).build());

    assertThat(authenticate(one, ofFirst)).isInstanceOf(Authenticated.class);
    assertThat(authenticate(two, ofSecond)).isInstanceOf(Authenticated.class);
    assertThat(rejected(one, ofSecond).reason()).isEqualTo(Reason.FOREIGN);
    assertThat(rejected(two, ofFirst).reason()).isEqualTo(Reason.FOREIGN);
    assertThat(authenticate(one, mixed)).isInstanceOf(Rejected.class);
    assertThat(authenticate(two, mixed)).isInstanceOf(Rejected.class);
    assertThat(rejected(one, disguised).reason()).isEqualTo(Reason.WRONG_CREDENTIALS);
    assertThat(((ExternalUser) authenticated(one, ofFirst).subject()).issuer())
        .isNotEqualTo(((ExternalUser) authenticated(two, ofSecond).subject()).issuer());
  }

  @Test
  void saysAtOnceWhatIsNotOfADeadIssuer() {
    issuer.close();
    AuthenticationProvider provider = external(Map.of());
    JWTClaimsSet claims = issuer.claims(now).issuer("https://another.example").build();

    assertThat(rejected(provider, TestIssuer.sign(KEY, "at+jwt", claims)).reason())
        .isEqualTo(Reason.FOREIGN);
    assertThat(rejected(provider, "sly-opaque").reason()).isEqualTo(Reason.FOREIGN);
    assertThat(rejected(provider, "a.b.c").reason()).isEqualTo(Reason.FOREIGN);
    assertThat(provider.authenticate(HeaderFields.of())).isInstanceOf(NotPresented.class);
    assertThatThrownBy(() -> authenticate(provider, token()))
        .isInstanceOf(UnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "never",
        "drip",
        "huge",
        "endless",
        "redirect",
        "garbage",
        "other issuer",
        "plain http"
      })
  void isNotHeldUpByAnIssuerThatAnswersWrongly(String how) {
    answerWrongly(how);
    long begun = System.nanoTime();
    AuthenticationProvider provider = external(Map.of("fetch_timeout", "2s", "max_wait", "0.3s"));

    assertThatThrownBy(() -> authenticate(provider, token()))
        .isInstanceOf(UnavailableException.class);

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    assertThat(issuer.asked("/elsewhere")).isZero();
  }

  private void answerWrongly(String how) {
    String elsewhere = "http://10.0.0.1/keys";
    issuer.answer(
        TestIssuer.METADATA,
        switch (how) {
          case "never" -> out -> idle(Duration.ofSeconds(30));
          case "drip" ->
            out -> {
              out.write(TestIssuer.head("200 OK", "Content-Type: application/json", 10_000));
              for (int i = 0; i < 300; i++) {
                out.write(' ');
                out.flush();
                idle(Duration.ofMillis(100));
              }
            };
          case "huge" -> TestIssuer.json("{\"issuer\":\"" + "x".repeat(10_000_000) + "\"}");
          case "endless" ->
            out -> {
              out.write(
                  TestIssuer.head("200 OK", "Content-Type: application/json", Long.MAX_VALUE));
              while (true) {
                out.write(new byte[65_536]);
              }
            };
          case "redirect" ->
            out -> out.write(
                TestIssuer.head("302 Found", "Location: " + issuer.issuer() + "/elsewhere", 0));
          case "garbage" -> TestIssuer.json("<html>" + "[".repeat(100_000));
          case "other issuer" ->
            TestIssuer.json("{\"issuer\":\"" + issuer.issuer() + "/\",\"jwks_uri\":\""
                + issuer.issuer() + TestIssuer.JWKS + "\"}");
          default ->
            TestIssuer.json(
                "{\"issuer\":\"" + issuer.issuer() + "\",\"jwks_uri\":\"" + elsewhere + "\"}");
        });
  }

  private static void idle(Duration time) {
    java.util.concurrent.locks.LockSupport.parkNanos(time.toNanos());
  }

  @Test
  void usesNoKeyThatIsPrivateOrSymmetric() {
    String secret =
        "{\"kty\":\"oct\",\"kid\":\"s\",\"alg\":\"HS256\",\"k\":\"" + "A".repeat(43) + "\"}";
    issuer.answer(
        TestIssuer.JWKS, TestIssuer.json("{\"keys\":[" + KEY.toJSONString() + "," + secret + "]}"));
    AuthenticationProvider provider = external(Map.of());
    String claims = "{\"iss\":\"" + issuer.issuer()
        + "\",\"sub\":\"root\",\"aud\":\"manager\",\"iat\":" + now.getEpochSecond() + ",\"exp\":"
        + now.plusSeconds(60).getEpochSecond() + "}";
    String symmetric = Samples.sign(
        new byte[32],
        "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"s\"}".getBytes(StandardCharsets.UTF_8),
        claims.getBytes(StandardCharsets.UTF_8));

    assertThat(authenticate(provider, token())).isInstanceOf(Rejected.class);
    assertThat(authenticate(provider, symmetric)).isInstanceOf(Rejected.class);
  }

  @Test
  void refusesAnotherAlgorithmThanTheKeyHas() throws Exception {
    AuthenticationProvider provider = external(Map.of());
    JWTClaimsSet claims = issuer.claims(now).build();
    byte[] publicKey = KEY.toRSAPublicKey().getEncoded();
    String confused = Samples.sign(
        publicKey,
        "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"first\"}".getBytes(StandardCharsets.UTF_8),
        claims.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(authenticate(provider, token())).isInstanceOf(Authenticated.class);

    assertThat(authenticate(provider, confused)).isInstanceOf(Rejected.class);
    assertThat(authenticate(provider, new PlainJWT(claims).serialize()))
        .isInstanceOf(Rejected.class);
  }

  @ParameterizedTest
  @CsvSource({
    "at+jwt, true",
    "AT+JWT, true",
    "application/at+jwt, true",
    "JWT, true",
    "logout+jwt, false",
    "dpop+jwt, false",
    "secevent+jwt, false"
  })
  void acceptsAccessTokensByTheirType(String type, boolean accepted) {
    String token = TestIssuer.sign(KEY, type, issuer.claims(now).build());

    assertThat(authenticate(external(Map.of()), token) instanceof Authenticated)
        .isEqualTo(accepted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonce", "at_hash", "c_hash", "s_hash"})
  void takesNoIdTokenForAnAccessTokenUnlessThatIsSaid(String claim) {
    String token =
        TestIssuer.sign(KEY, "JWT", issuer.claims(now).claim(claim, "x").build());

    assertThat(rejected(external(Map.of()), token).reason()).isEqualTo(Reason.MALFORMED);
    assertThat(authenticate(external(Map.of("accept_id_tokens", "true")), token))
        .isInstanceOf(Authenticated.class);
  }

  @Test
  void refusesWhatIsForOthersOrNotInTime() {
    AuthenticationProvider provider = external(Map.of("max_token_age", "2m"));
    JWTClaimsSet.Builder foreign = issuer.claims(now).audience("other");
    JWTClaimsSet.Builder ended =
        issuer.claims(now.minusSeconds(330)).expirationTime(Date.from(now.minusSeconds(30)));
    JWTClaimsSet.Builder old = issuer.claims(now.minusSeconds(120));
    JWTClaimsSet.Builder early = issuer.claims(now.plusSeconds(31));
    JWTClaimsSet.Builder event = issuer.claims(now).claim("events", Map.of());
    JWTClaimsSet.Builder undated = issuer.claims(now).issueTime(null);

    assertThat(reason(provider, foreign)).isEqualTo(Reason.FOREIGN);
    assertThat(reason(provider, ended)).isEqualTo(Reason.EXPIRED);
    assertThat(reason(provider, old)).isEqualTo(Reason.EXPIRED);
    assertThat(reason(provider, early)).isEqualTo(Reason.NOT_YET_VALID);
    assertThat(reason(provider, event)).isEqualTo(Reason.MALFORMED);
    assertThat(reason(provider, undated)).isEqualTo(Reason.MALFORMED);
  }

  @Test
  void namesATokenWithoutAnIdByItsDigest() {
    AuthenticationProvider provider = external(Map.of());

    String id =
        authenticated(provider, token()).evidence().token().orElseThrow().id();

    assertThat(id).hasSize(43).isNotEqualTo(token());
  }

  @Test
  void tellsAllWrongSettings() {
    MapSettings settings = new MapSettings(Map.of(
        "issuer", "http://id.example.org",
        "jwks_uri", "file:///etc/passwd",
        "algorithms", List.of("RS256", "HS256"),
        "token_types", List.of("logout+jwt"),
        "roles_claim", "roles",
        "ca_path", "/nonexistent/ca.pem"));

    opened.add(OutsideTokenAuthentication.read(settings, new Context(() -> now, List.of(), false)));

    assertThat(settings.problems())
        .anyMatch(problem -> problem.startsWith("issuer: expected"))
        .anyMatch(problem -> problem.startsWith("jwks_uri: expected"))
        .anyMatch(problem -> problem.startsWith("algorithms: expected some of RS256"))
        .anyMatch(problem -> problem.startsWith("token_types: expected"))
        .anyMatch(problem -> problem.startsWith("roles_claim: expected only"))
        .anyMatch(problem -> problem.startsWith("ca_path: the file cannot be read"))
        .anyMatch(problem -> problem.startsWith("missing audience"))
        .anyMatch(problem -> problem.contains("there is none"))
        .hasSize(8);
  }

  @Test
  void wantsClaimsAndTheirMeaningTogether() {
    MapSettings claimOnly = new MapSettings(Map.of(
        "issuer",
        "https://localhost:1",
        "audience",
        "a",
        "roles_claim",
        "r",
        "tenants_claim",
        "t"));
    MapSettings meaningOnly = new MapSettings(Map.of(
        "issuer",
        "https://localhost:1",
        "audience",
        "a",
        "roles",
        Map.of("x", "y"),
        "tenants",
        Map.of("x", Map.of("t", List.of()))));

    opened.add(OutsideTokenAuthentication.read(claimOnly, new Context(() -> now, List.of(), true)));
    opened.add(
        OutsideTokenAuthentication.read(meaningOnly, new Context(() -> now, List.of(), true)));

    assertThat(claimOnly.problems()).hasSize(2);
    assertThat(meaningOnly.problems())
        .anyMatch(problem -> problem.startsWith("missing roles_claim"))
        .anyMatch(problem -> problem.startsWith("missing tenants_claim"));
  }

  @Test
  void tellsWhatIsWrongWithSettingsThatLookRight() {
    MapSettings settings = new MapSettings(Map.of(
        "issuer", "https://id.example.org/?tenant=1",
        "audience", "manager",
        "algorithms", List.of("RS256", "EdDSA"),
        "token_types", List.of("none"),
        "username_claim", "a..b",
        "roles_claim", "roles",
        "roles", Map.of("ops", List.of()),
        "cache", "on"));
    MapSettings nothing = new MapSettings(Map.of());

    opened.add(OutsideTokenAuthentication.read(settings, new Context(() -> now, List.of(), true)));
    opened.add(OutsideTokenAuthentication.read(nothing, new Context(() -> now, List.of(), true)));

    assertThat(settings.problems())
        .anyMatch(problem -> problem.startsWith("issuer: expected"))
        .anyMatch(problem -> problem.startsWith("token_types: expected at+jwt or JWT beside none"))
        .anyMatch(problem -> problem.startsWith("username_claim: expected the name of a claim"))
        .anyMatch(problem -> problem.startsWith("ops: expected one or more roles of ours"))
        .anyMatch(problem -> problem.startsWith("cache: expected off"))
        .hasSize(5);
    assertThat(nothing.problems()).anyMatch(problem -> problem.startsWith("missing audience"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"keys\":{}}",
        "\u0000",
        "{\"keys\":[",
      })
  void keepsItsKeysWhereADocumentIsNoSetOfKeys(String document) {
    AuthenticationProvider provider =
        external(Map.of("jwks_uri", issuer.issuer() + TestIssuer.JWKS));
    String token = token();
    authenticated(provider, token);
    issuer.answer(TestIssuer.JWKS, TestIssuer.json(document));

    now = now.plusSeconds(10);
    RSAKey unknown = new RSAKey.Builder(OTHER_KEY).keyID("unknown").build();
    String ofUnknown = TestIssuer.sign(unknown, "at+jwt", issuer.claims(now).build());

    assertThatThrownBy(() -> authenticate(provider, ofUnknown))
        .isInstanceOf(UnavailableException.class);
    assertThat(authenticate(provider, token)).isInstanceOf(Authenticated.class);
    assertThat(issuer.asked(TestIssuer.METADATA)).isZero();
    assertThat(issuer.asked(TestIssuer.JWKS)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"issuer\":\"%s\"}", "{\"issuer\":\"%s\",\"jwks_uri\":\"//localhost/keys\"}"})
  void hasNoKeysWithMetadataThatDoNotSayWhereTheyAre(String metadata) {
    issuer.answer(TestIssuer.METADATA, TestIssuer.json(metadata.formatted(issuer.issuer())));
    AuthenticationProvider provider = external(Map.of());

    assertThatThrownBy(() -> authenticate(provider, token()))
        .isInstanceOf(UnavailableException.class);
  }

  @Test
  void refusesASignInAfterTheTokenAndATokenTooLong() {
    AuthenticationProvider provider = external(Map.of());
    JWTClaimsSet.Builder later =
        issuer.claims(now).claim("auth_time", now.plusSeconds(31).getEpochSecond());
    JWTClaimsSet.Builder inSkew =
        issuer.claims(now).claim("auth_time", now.plusSeconds(30).getEpochSecond());
    JWTClaimsSet.Builder huge = issuer.claims(now).claim("note", "x".repeat(16 * 1024));

    assertThat(reason(provider, later)).isEqualTo(Reason.MALFORMED);
    assertThat(reason(provider, huge)).isEqualTo(Reason.AMBIGUOUS);
    Evidence evidence =
        authenticated(provider, TestIssuer.sign(KEY, "at+jwt", inSkew.build())).evidence();
    assertThat(evidence.signedInAt()).isEqualTo(now);
  }

  @Test
  void asksForATokenWhereNoneCameAndSaysWhichFieldsHaveOne() {
    AuthenticationProvider provider = external(Map.of());
    AuthenticationProvider own = external(Map.of("headers", List.of("X-Corporate")));

    assertThat(provider.isPresented(HeaderFields.of())).isFalse();
    assertThat(provider.isPresented(HeaderFields.of("Authorization", "Bearer x")))
        .isTrue();
    assertThat(provider.challenges(HeaderFields.of())).hasSize(1);
    assertThat(provider.credentialHeaders()).contains("Authorization");
    assertThat(own.challenges(HeaderFields.of())).isEmpty();
    assertThat(own.credentialHeaders()).containsExactly("X-Corporate");
    assertThat(provider.authenticate(HeaderFields.of("Authorization", "Bearer a b")))
        .isInstanceOf(Rejected.class);
  }

  private String token() {
    return TestIssuer.sign(KEY, "at+jwt", issuer.claims(now).build());
  }

  private Reason reason(AuthenticationProvider provider, JWTClaimsSet.Builder claims) {
    return rejected(provider, TestIssuer.sign(KEY, "at+jwt", claims.build())).reason();
  }

  private AuthenticationProvider external(Map<String, Object> more) {
    return external(issuer, more);
  }

  private AuthenticationProvider external(TestIssuer of, Map<String, Object> more) {
    return provider(of, more, new Context(() -> now, List.of(), true));
  }

  private AuthenticationProvider stored(Map<String, Object> more) {
    List<NamedUserstore> stores = List.of(new NamedUserstore("main", new ByName(lena)));
    return provider(issuer, more, new Context(() -> now, stores, false));
  }

  private AuthenticationProvider provider(
      TestIssuer of, Map<String, Object> more, ProviderContext context) {
    Map<String, Object> all = new HashMap<>(Map.of(
        "issuer",
        of.issuer(),
        "audience",
        List.of("manager", "manager-2"),
        "allow_loopback_http",
        "true",
        "max_wait",
        "10s"));
    all.putAll(more);
    MapSettings settings = new MapSettings(all);
    AuthenticationProvider made = OutsideTokenAuthentication.read(settings, context);
    opened.add(made);
    assertThat(settings.problems()).isEmpty();
    return made;
  }

  private static AuthenticationResult authenticate(AuthenticationProvider provider, String token) {
    return provider.authenticate(HeaderFields.of("Authorization", "Bearer " + token));
  }

  private static Authenticated authenticated(AuthenticationProvider provider, String token) {
    AuthenticationResult result = authenticate(provider, token);
    assertThat(result).isInstanceOf(Authenticated.class);
    return (Authenticated) result;
  }

  private static Rejected rejected(AuthenticationProvider provider, String token) {
    AuthenticationResult result = authenticate(provider, token);
    assertThat(result).isInstanceOf(Rejected.class);
    return (Rejected) result;
  }

  /** A store in which a user is found by name. */
  private record ByName(User user) implements Userstore {

    @Override
    public Optional<User> findUser(String username) {
      return Optional.of(user).filter(known -> known.name().equals(username));
    }

    @Override
    public Optional<User> findUserById(String id) {
      throw new UnsupportedOperationException("an outside token names nobody by our id");
    }
  }

  /** A host that accepts whom no store knows, or does not. */
  record Context(InstantSource clock, List<NamedUserstore> userstores, boolean externalUsers)
      implements ProviderContext {

    @Override
    public String name() {
      return "corporate";
    }

    @Override
    public Profile profile() {
      return Profile.STANDARD;
    }

    @Override
    public Optional<TokenStore> tokenStore() {
      return Optional.empty();
    }

    @Override
    public LoginAttempts loginAttempts() {
      throw new UnsupportedOperationException("nothing here can be guessed");
    }

    @Override
    public ConfigurationFiles files() {
      throw new UnsupportedOperationException("nothing here reads a structured file");
    }
  }
}
