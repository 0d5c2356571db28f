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
import io.sallyport.api.IssuedToken;
import io.sallyport.api.Restrictions;
import io.sallyport.api.SecurityStamp;
import io.sallyport.api.StoredToken;
import io.sallyport.api.Subject.ExternalUser;
import io.sallyport.api.Subject.StoreUser;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.api.TokenRequest;
import io.sallyport.api.User;
import io.sallyport.authprovider.token.internal.HeaderFields;
import io.sallyport.authprovider.token.internal.MapSettings;
import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.authprovider.token.internal.StandardContext;
import io.sallyport.authprovider.token.internal.TokenHost;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.NotPermittedException;
import io.sallyport.spi.TokenGenerator;
import io.sallyport.spi.UnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Generator and provider of API tokens as a configuration makes them, with the same key and store. */
final class StoredTokensTest {

  private static final String OTHER_KEY = "1bCJsRXQm5xqUQ0kcwwVKZTx6lWQtyVDFcLzGIE6O3g=";
  private static final Map<String, Object> KEY = Map.of("secret_key", Samples.KEY);
  private static final TokenOwner LENA = new TokenOwner("main", "u-lena");

  private final TokenHost host = new TokenHost();
  private final User lena = user("1", Set.of("viewer", "operator"));
  private final AuthenticationProvider provider = provider(KEY);

  StoredTokensTest() {
    host.users.with(lena);
  }

  @AfterEach
  void closeProvider() {
    provider.close();
  }

  @Test
  void authenticatesTheUserAsReadFromItsStoreInThisRequest() {
    IssuedToken token = issue(lena);
    User promoted =
        User.builder("u-lena", "lena").roles(Set.of("admin")).build(lena.securityStamp());
    host.users.with(promoted);
    host.now = Samples.NOW.plusSeconds(60);

    Authenticated result = authenticated(token);

    assertThat(result.subject()).isEqualTo(new StoreUser("main", promoted));
    assertThat(result.evidence().method()).isEqualTo("api_token");
    assertThat(result.evidence().signedInAt()).isEqualTo(Samples.NOW.minusSeconds(5));
    assertThat(result.evidence().mayBeSentByBrowsers()).isFalse();
    assertThat(result.evidence().token())
        .contains(new TokenDetails(
            TokenKind.STORED,
            token.id(),
            null,
            Samples.NOW,
            Samples.NOW.plus(Duration.ofDays(90))));
    assertThat(result.evidence().restrictions())
        .isEqualTo(Restrictions.none().withNotAfter(Samples.NOW.plus(Duration.ofDays(90))));
  }

  @Test
  void acceptsATokenAsBearerAndInConfiguredFieldsG15() {
    String token = value(issue(lena));

    try (AuthenticationProvider own =
        provider(with("headers", List.of("Execution-Token", "Authorization")))) {
      assertThat(provider.authenticate(HeaderFields.of("Authorization", "Bearer " + token)))
          .isInstanceOf(Authenticated.class);
      assertThat(own.authenticate(HeaderFields.of("Execution-Token", token)))
          .isInstanceOf(Authenticated.class);
      assertThat(own.authenticate(HeaderFields.of("Authentication-Token", token)))
          .isEqualTo(new NotPresented());
    }
  }

  @Test
  void keepsAHashOfTheSecretOnlyG20() {
    IssuedToken token = issue(lena);
    String secret = value(token).substring(15);

    StoredToken kept = host.tokens.tokens.get(token.id());

    assertThat(value(token)).matches("sly-[0-9a-z]{10}-[0-9A-Za-z]{40}");
    assertThat(kept.secretHash()).matches("1\\$[\\w-]{8}\\$[\\w-]{43}").doesNotContain(secret);
    assertThat(kept + token.toString() + authenticated(token)).doesNotContain(secret);
    assertThat(kept.owner()).isEqualTo(LENA);
    assertThat(kept.username()).isEqualTo("name of u-lena");
  }

  @Test
  void makesTheCompatibleFormG20() {
    Map<String, Object> compatible = with("prefix", "ctok");
    try (TokenGenerator generator = generator(compatible);
        AuthenticationProvider own = provider(compatible)) {
      String token = value(generator.generate(identity(lena), TokenRequest.defaults()));

      assertThat(token).matches("ctok-[0-9A-Za-z]{10}-[0-9A-Za-z]{40}");
      assertThat(own.authenticate(field(token))).isInstanceOf(Authenticated.class);
      assertThat(rejected(token).reason()).isEqualTo(Reason.FOREIGN);
    }
  }

  @Test
  void givesATokenADefaultAndAMaximumLifeTimeG21() {
    Instant longest = Samples.NOW.plus(Duration.ofDays(365));

    assertThat(issue(lena).expiresAt()).contains(Samples.NOW.plus(Duration.ofDays(90)));
    assertThat(wish(longest).expiresAt()).contains(longest);
    assertThat(wish(Samples.NOW.plusMillis(1)).expiresAt()).contains(Samples.NOW.plusMillis(1));
    for (Instant beyond : List.of(longest.plusMillis(1), Samples.NOW, Instant.MIN)) {
      assertThatThrownBy(() -> wish(beyond))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("expires: ");
    }
    assertThatThrownBy(() -> wish(Instant.MAX)).hasMessageContaining("has to end");
  }

  @Test
  void makesTokensWithoutAnEndOnlyWhereThatIsConfiguredG21() {
    Map<String, Object> never =
        with("default_life_time", "never", "max_life_time", "never", "max_per_user", 2);
    try (TokenGenerator generator = generator(never)) {
      IssuedToken endless = generator.generate(identity(lena), TokenRequest.defaults());
      host.now = Samples.NOW.plus(Duration.ofDays(100_000));

      assertThat(endless.expiresAt()).isEmpty();
      assertThat(generator
              .generate(identity(lena), new TokenRequest(null, Instant.MAX))
              .expiresAt())
          .isEmpty();
      assertThat(authenticated(endless).evidence().restrictions()).isEqualTo(Restrictions.none());
    }
  }

  @Test
  void takesAwayTheCallersExpiredTokensAtEachNewOneG21() {
    IssuedToken brief = wish(Samples.NOW.plusSeconds(10));
    host.tokens.save(StoredToken.builder(
            TokenKind.STORED, "other", new TokenOwner("main", "u-max"), "max", Samples.NOW)
        .expiresAt(Samples.NOW.plusSeconds(10))
        .build());
    host.now = Samples.NOW.plusSeconds(10);

    issue(lena);

    assertThat(host.tokens.tokens)
        .doesNotContainKey(brief.id())
        .containsKey("other")
        .hasSize(2);
  }

  @Test
  void boundsTheTokensOfAUserAndCountsNoExpiredOnes() {
    try (TokenGenerator generator = generator(with("max_per_user", 2))) {
      generator.generate(identity(lena), new TokenRequest(null, Samples.NOW.plusSeconds(1)));
      generator.generate(identity(lena), TokenRequest.defaults());

      assertThatThrownBy(() -> generator.generate(identity(lena), TokenRequest.defaults()))
          .isInstanceOf(NotPermittedException.class)
          .hasMessageContaining("2 API tokens");
      host.now = Samples.NOW.plusSeconds(1);
      assertThat(generator.generate(identity(lena), TokenRequest.defaults()).id())
          .isNotEmpty();
      assertThat(host.tokens.tokens).hasSize(2);
    }
  }

  @Test
  void keepsTheBoundWhenManyAskAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (TokenGenerator generator = generator(with("max_per_user", 5))) {
      List<Callable<Boolean>> askers = IntStream.range(0, 64)
          .<Callable<Boolean>>mapToObj(i -> () -> {
            try {
              generator.generate(identity(lena), TokenRequest.defaults());
              return true;
            } catch (NotPermittedException e) {
              return false;
            }
          })
          .toList();

      threads.invokeAll(askers);

      assertThat(host.tokens.tokens).hasSizeLessThanOrEqualTo(5);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void checksTheDescription() {
    assertThat(described("nightly job — übernacht 🌙")).isEqualTo("nightly job — übernacht 🌙");
    assertThat(described("x".repeat(255))).hasSize(255);
    assertThat(described(" ")).isNull();
    for (String odd : List.of(
        "x".repeat(256),
        "a\nb",
        "a\u0000",
        "a\u007f",
        "a\u2028b",
        "a\u2029b",
        "a\u202eb",
        "a\u2066b",
        "\ud800")) {
      assertThatThrownBy(() -> described(odd))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("description: ");
    }
  }

  @Test
  void answersAnUnknownIdAndAWrongSecretAlikeG25() {
    String one = value(issue(lena));
    IssuedToken other = issue(lena);
    String unknown = value(other);
    host.tokens.delete(other.id());

    Rejected wrongSecret = rejected(spliced(one, unknown));
    Rejected unknownId = rejected(unknown);

    assertThat(wrongSecret.reason()).isEqualTo(Reason.WRONG_CREDENTIALS);
    assertThat(unknownId.reason()).isEqualTo(Reason.WRONG_CREDENTIALS);
    assertThat(wrongSecret.claimedName()).isNull();
    assertThat(unknownId.claimedName()).isNull();
    assertThat(wrongSecret.detail() + unknownId.detail())
        .doesNotContain(one.substring(15, 49))
        .doesNotContain(unknown.substring(15, 49));
  }

  @Test
  void saysThatATokenHasExpiredOnlyAfterARightSecretG25() {
    IssuedToken brief = wish(Samples.NOW.plusSeconds(10));
    String wrong = spliced(value(brief), value(issue(lena)));
    host.now = Samples.NOW.plusSeconds(10).minusMillis(1);
    AuthenticationResult before = provider.authenticate(field(value(brief)));
    host.now = Samples.NOW.plusSeconds(10);

    assertThat(before).isInstanceOf(Authenticated.class);
    assertThat(rejected(value(brief)).reason()).isEqualTo(Reason.EXPIRED);
    assertThat(rejected(wrong).reason()).isEqualTo(Reason.WRONG_CREDENTIALS);
  }

  @Test
  void tellsATypingErrorWithoutALookUpG25() {
    String token = value(issue(lena));
    String slip =
        token.substring(0, 20) + (token.charAt(20) == 'x' ? 'y' : 'x') + token.substring(21);

    assertThat(rejected(slip).reason()).isEqualTo(Reason.MALFORMED);
    assertThat(rejected("sly-one").reason()).isEqualTo(Reason.MALFORMED);
    assertThat(rejected("eyJhbGciOiJIUzI1NiJ9.e30.c2ln").reason()).isEqualTo(Reason.FOREIGN);
    assertThat(host.tokens.finds).hasValue(0);
  }

  @Test
  void writesTheLastUseOffTheRequestsWayG25() throws Exception {
    IssuedToken token = issue(lena);
    authenticated(token);
    authenticated(token);

    provider.close();

    assertThat(host.tokens.tokens.get(token.id()).lastUsedAt()).contains(Samples.NOW);
    assertThat(host.tokens.touches).hasValue(1);
  }

  @Test
  void asksForNoTenantG26() {
    // no header but the token's: HeaderFields throws at whatever else is asked
    assertThat(authenticated(issue(lena)).subject()).isEqualTo(new StoreUser("main", lena));
  }

  @Test
  void bindsATokenToTheStampOfItsUserG27() {
    Authenticated result = authenticated(issue(lena));
    User samePassword = user("1", Set.of("admin"));

    assertThat(isStampOf(result, lena)).isTrue();
    assertThat(isStampOf(result, samePassword)).isTrue();
    assertThat(isStampOf(result, user("2", Set.of("viewer")))).isFalse();
    byte[] epoch = "1".getBytes(StandardCharsets.UTF_8);
    assertThat(result
            .evidence()
            .stampCheck()
            .orElseThrow()
            .matches(SecurityStamp.of("u-lena", epoch, false, null)))
        .isFalse();
  }

  @Test
  void givesALaterUserOfTheSameNameNothing() {
    IssuedToken token = issue(lena);
    host.users.remove("u-lena");
    host.users.with(User.builder("u-lena-2", lena.name()).build(lena.securityStamp()));

    assertThat(rejected(value(token)).reason()).isEqualTo(Reason.UNKNOWN_USER);
  }

  @Test
  void endsWithItsRevocationItsParentsOrItsOwners() {
    IssuedToken one = issue(lena);
    IssuedToken two = issue(lena);
    host.tokens.revoke(one.id(), Instant.MAX);

    assertThat(rejected(value(one)).reason()).isEqualTo(Reason.REVOKED);
    assertThat(authenticated(two)).isNotNull();
    host.tokens.revokeAll(LENA, Samples.NOW.plusMillis(1), Instant.MAX);
    assertThat(rejected(value(two)).reason()).isEqualTo(Reason.REVOKED);
  }

  @Test
  void letsATokenStoreThatIsDownBeNoRejection() {
    String token = value(issue(lena));
    host.tokens.down = true;

    assertThatThrownBy(() -> provider.authenticate(field(token)))
        .isInstanceOf(UnavailableException.class);
    assertThatThrownBy(() -> issue(lena)).isInstanceOf(UnavailableException.class);
  }

  @Test
  void acceptsWhatAPreviousKeyHasHashedUntilThatIsTakenOut() {
    IssuedToken old = issue(lena);
    Map<String, Object> changed = Map.of("secret_key", OTHER_KEY);
    Map<String, Object> changing =
        Map.of("secret_key", OTHER_KEY, "previous_secret_keys", List.of(Samples.KEY));

    try (AuthenticationProvider during = provider(changing);
        AuthenticationProvider after = provider(changed);
        TokenGenerator generator = generator(changing)) {
      String fresh = value(generator.generate(identity(lena), TokenRequest.defaults()));

      Authenticated still = (Authenticated) during.authenticate(field(value(old)));
      assertThat(isStampOf(still, lena)).isTrue();
      assertThat(during.authenticate(field(fresh))).isInstanceOf(Authenticated.class);
      assertThat(after.authenticate(field(fresh))).isInstanceOf(Authenticated.class);
      assertThat(after.authenticate(field(value(old))))
          .isInstanceOfSatisfying(
              Rejected.class, no -> assertThat(no.reason()).isEqualTo(Reason.WRONG_CREDENTIALS));
    }
  }

  @Test
  void takesNoHashOutOfAnotherRow() {
    IssuedToken mine = issue(lena);
    IssuedToken victims = issue(lena);
    StoredToken swapped = host.tokens.tokens.get(victims.id()).toBuilder()
        .secretHash(host.tokens.tokens.get(mine.id()).secretHash())
        .build();
    host.tokens.tokens.put(victims.id(), swapped);

    assertThat(rejected(spliced(value(victims), value(mine))).reason())
        .isEqualTo(Reason.WRONG_CREDENTIALS);
  }

  @Test
  void takesNoOddHashAndNoTokenOfAnotherKind() {
    IssuedToken token = issue(lena);
    StoredToken kept = host.tokens.tokens.get(token.id());
    for (String odd : List.of(
        "", "$", "1$", "1$$", "2" + kept.secretHash().substring(1), kept.secretHash() + "=")) {
      host.tokens.tokens.put(token.id(), kept.toBuilder().secretHash(odd).build());
      assertThat(rejected(value(token)).reason()).isEqualTo(Reason.WRONG_CREDENTIALS);
    }
    host.tokens.tokens.put(
        token.id(),
        StoredToken.builder(TokenKind.REFRESH, token.id(), LENA, "lena", Samples.NOW)
            .secretHash(kept.secretHash())
            .build());
    assertThat(rejected(value(token)).reason()).isEqualTo(Reason.WRONG_CREDENTIALS);
  }

  @Test
  void isNeverGoodForMoreThanItsMaker() {
    User inBlue = User.builder("u-lena", "lena")
        .roles(Set.of("viewer"))
        .tenantRoles(Map.of("blue", Set.of("operator"), "red", Set.of()))
        .build(lena.securityStamp());
    Restrictions wish = Restrictions.none()
        .withRoles(Set.of("viewer", "operator"))
        .withTenants(Set.of("blue"))
        .withEndpoints(List.of("GET /jobs/**", "* /a/*/{b}"));

    IssuedToken token = scoped(inBlue, wish);

    assertThat(host.tokens.tokens.get(token.id()).restrictions()).isEqualTo(wish);
    for (Restrictions wider : List.of(
        Restrictions.none().withRoles(Set.of("viewer", "admin")),
        Restrictions.none().withRoles(Set.of("Viewer")),
        Restrictions.none().withRoles(Set.of("*")),
        Restrictions.none().withRoles(Set.of()),
        Restrictions.none().withTenants(Set.of("blue", "green")),
        Restrictions.none().withTenants(Set.of()),
        Restrictions.none().withEndpoints(List.of()),
        Restrictions.none()
            .withEndpoints(IntStream.range(0, 101).mapToObj(i -> "GET /" + i).toList()))) {
      assertThatThrownBy(() -> scoped(inBlue, wider)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void refusesEndpointsThatNobodyCouldMean() {
    for (String odd : List.of(
        "/jobs",
        "GET",
        "GET jobs",
        "GET  /jobs",
        "GET /a//b",
        "GET /../b",
        "GET /a/.",
        "GET /a%2f",
        "GET /a?b",
        "GET /a;b",
        "GET /a\\b",
        "GET /a\nb",
        "GET /a**",
        "GET /**a",
        "GET /**/**",
        "G(T /a",
        ", /a",
        "GET /" + "a".repeat(1024))) {
      assertThatThrownBy(() -> scoped(lena, Restrictions.none().withEndpoints(List.of(odd))))
          .as(odd)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("endpoints: ");
    }
  }

  @Test
  void livesNoLongerThanTheCredentialThatAsks() {
    Instant soon = Samples.NOW.plusSeconds(600);
    TokenDetails session = new TokenDetails(TokenKind.SIGNED, "s", null, Samples.NOW, soon);
    Identity bySession = identity(lena, evidence().withToken(session));
    Identity ending =
        identity(lena, evidence().withRestrictions(Restrictions.none().withNotAfter(soon)));
    Identity ended =
        identity(lena, evidence().withRestrictions(Restrictions.none().withNotAfter(Samples.NOW)));

    try (TokenGenerator generator = generator(KEY)) {
      assertThat(generator.generate(bySession, TokenRequest.defaults()).expiresAt())
          .contains(soon);
      assertThat(generator.generate(ending, TokenRequest.defaults()).expiresAt())
          .contains(soon);
      assertThatThrownBy(
              () -> generator.generate(bySession, new TokenRequest(null, soon.plusMillis(1))))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> generator.generate(bySession, new TokenRequest(null, Instant.MAX)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> generator.generate(ended, TokenRequest.defaults()))
          .isInstanceOf(NotPermittedException.class);
    }
  }

  @Test
  void makesNoTokensWithStoredOrScopedOnesUnlessPermitted() {
    IssuedToken token = issue(lena);
    Identity program = Identity.of("api", authenticated(token));
    Identity narrow = identity(
        lena, evidence().withRestrictions(Restrictions.none().withRoles(Set.of("viewer"))));

    try (TokenGenerator strict = generator(KEY);
        TokenGenerator lax = generator(with("minting_permitted_to", List.of("stored", "scoped")))) {
      for (Identity caller : List.of(program, narrow)) {
        assertThatThrownBy(() -> strict.generate(caller, TokenRequest.defaults()))
            .isInstanceOf(NotPermittedException.class);
      }
      IssuedToken child = lax.generate(program, TokenRequest.defaults());
      assertThat(lax.generate(narrow, TokenRequest.defaults()).id()).isNotEmpty();
      assertThat(child.expiresAt()).isEqualTo(token.expiresAt());
      assertThatThrownBy(() -> lax.generate(
              narrow,
              TokenRequest.defaults()
                  .withRestrictions(Restrictions.none().withRoles(Set.of("operator")))))
          .isInstanceOf(IllegalArgumentException.class);
      Identity childs = Identity.of("api", authenticated(child));
      assertThatThrownBy(() -> lax.generate(childs, TokenRequest.defaults()))
          .isInstanceOf(NotPermittedException.class);
      IssuedToken other = lax.generate(program, TokenRequest.defaults());
      host.tokens.delete(token.id());
      assertThat(rejected(value(child)).reason()).isEqualTo(Reason.REVOKED);
      assertThat(rejected(value(other)).reason()).isEqualTo(Reason.REVOKED);
      assertThat(host.tokens.tokens).containsKeys(child.id(), other.id());
    }
  }

  @Test
  void makesNoTokenForOutsidersAndRefreshTokens() {
    ExternalUser outside =
        new ExternalUser("https://issuer.example", "x", "x", Set.of(), Map.of(), Map.of());
    Identity external = Identity.of("oidc", new Authenticated(outside, evidence()));
    Identity refreshing = identity(
        lena,
        evidence()
            .withToken(new TokenDetails(
                TokenKind.REFRESH, "r", "slr-f", Samples.NOW, Samples.NOW.plusSeconds(600))));

    try (TokenGenerator generator = generator(KEY)) {
      for (Identity caller : List.of(external, refreshing)) {
        assertThatThrownBy(() -> generator.generate(caller, TokenRequest.defaults()))
            .isInstanceOf(NotPermittedException.class);
      }
    }
  }

  @Test
  void scopesATokenForAJobAndEndsItWithTheJobG15() {
    User deployer = User.builder("u-lena", "lena")
        .tenantRoles(Map.of("blue", Set.of("deployer"), "red", Set.of("deployer")))
        .build(lena.securityStamp());
    host.users.with(deployer);
    TokenRequest job = new TokenRequest("job 17", Samples.NOW.plus(Duration.ofHours(1)))
        .withRestrictions(Restrictions.none().withTenants(Set.of("blue")));

    IssuedToken token = generator(KEY).generate(identity(deployer), job);

    Identity asCreator = Identity.of("api", authenticated(token));
    assertThat(asCreator.id()).isEqualTo("u-lena");
    assertThat(asCreator.roles("blue")).containsExactly("deployer");
    assertThat(asCreator.roles("red")).isEmpty();
    assertThat(asCreator.isMemberOf("red")).isFalse();
    assertThat(host.tokens.delete(token.id())).isTrue();
    assertThat(rejected(value(token)).reason()).isEqualTo(Reason.WRONG_CREDENTIALS);
  }

  @Test
  void refusesTwoTokensInOneRequest() {
    String token = value(issue(lena));

    AuthenticationResult result = provider.authenticate(
        HeaderFields.of("Authentication-Token", token, "Authorization", "Bearer " + token));

    assertThat(((Rejected) result).reason()).isEqualTo(Reason.AMBIGUOUS);
  }

  @Test
  void challengesWithBearer() {
    assertThat(provider.isPresented(HeaderFields.of())).isFalse();
    assertThat(provider.authenticate(HeaderFields.of())).isEqualTo(new NotPresented());
    assertThat(provider.challenges(field("sly-x")))
        .containsExactly(
            new Challenge.Header("Bearer", Map.of("realm", "Sallyport", "error", "invalid_token")));
    try (AuthenticationProvider own = provider(with("headers", "Execution-Token"))) {
      assertThat(own.challenges(HeaderFields.of())).isEmpty();
      assertThat(own.credentialHeaders()).containsExactly("Execution-Token");
    }
  }

  @Test
  void speaksForNoUserOfAnotherStore() {
    IssuedToken token = issue(lena);
    StoredToken kept = host.tokens.tokens.get(token.id());
    StoredToken.Builder elsewhere = StoredToken.builder(
        TokenKind.STORED, kept.id(), new TokenOwner("staff", "u-lena"), "lena", kept.createdAt());
    host.tokens.tokens.put(
        kept.id(),
        elsewhere.secretHash(kept.secretHash()).stampMac(kept.stampMac()).build());

    assertThat(rejected(value(token)).reason()).isEqualTo(Reason.UNKNOWN_USER);
  }

  @Test
  void reportsEverythingThatIsWrongWithTheSettings() {
    MapSettings settings = new MapSettings(Map.of(
        "secret_key",
        "my_secret",
        "previous_secret_keys",
        List.of(Samples.KEY, "password"),
        "prefix",
        "a-b",
        "default_life_time",
        "366d",
        "max_per_user",
        0,
        "minting_permitted_to",
        List.of("stored", "everybody"),
        "unknown",
        1));

    new StoredTokenGeneratorFactory().create(settings, host).close();

    assertThat(settings.problems())
        .anyMatch(p -> p.startsWith("secret_key: "))
        .anyMatch(p -> p.startsWith("previous_secret_keys: "))
        .anyMatch(p -> p.startsWith("prefix: "))
        .anyMatch(p -> p.startsWith("default_life_time: "))
        .anyMatch(p -> p.startsWith("max_per_user: "))
        .anyMatch(p -> p.startsWith("minting_permitted_to: "))
        .anyMatch(p -> p.startsWith("unknown: unknown key"))
        .hasSize(7);
  }

  @Test
  void needsATokenStore() {
    StandardContext without = new StandardContext(() -> Samples.NOW, host.userstores());

    assertThatThrownBy(
            () -> new StoredTokenGeneratorFactory().create(new MapSettings(KEY), without))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("token_store: {implementation: file");
    assertThatThrownBy(
            () -> new StoredTokenAuthenticationFactory().create(new MapSettings(KEY), without))
        .isInstanceOf(InvalidSettingsException.class);
  }

  private static HeaderFields field(String token) {
    return HeaderFields.of("Authentication-Token", token);
  }

  /** The id of one token with the secret of another, and a right checksum. */
  private static String spliced(String id, String secret) {
    String body = id.substring(0, 15) + secret.substring(15, 49);
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    String alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    StringBuilder digits = new StringBuilder();
    long rest = crc.getValue();
    for (int i = 0; i < 6; i++, rest /= 62) {
      digits.append(alphabet.charAt((int) (rest % 62)));
    }
    return body + digits.reverse();
  }

  private static boolean isStampOf(Authenticated result, User user) {
    return result.evidence().stampCheck().orElseThrow().matches(user.securityStamp());
  }

  private static User user(String epoch, Set<String> roles) {
    User sample = Samples.user("u-lena", epoch);
    return User.builder("u-lena", sample.name()).roles(roles).build(sample.securityStamp());
  }

  private static Evidence evidence() {
    return Evidence.of("basic", Samples.NOW.minusSeconds(5));
  }

  private static Identity identity(User user) {
    return identity(user, evidence());
  }

  private static Identity identity(User user, Evidence evidence) {
    return Samples.identity(user, evidence);
  }

  private IssuedToken issue(User user) {
    return scoped(user, Restrictions.none());
  }

  private IssuedToken scoped(User user, Restrictions restrictions) {
    return asked(user, TokenRequest.defaults().withRestrictions(restrictions));
  }

  private IssuedToken wish(Instant end) {
    return asked(lena, new TokenRequest(null, end));
  }

  private @Nullable String described(String description) {
    IssuedToken token = asked(lena, new TokenRequest(description, null));
    assertThat(host.tokens.tokens.get(token.id()).description().orElse(null))
        .isEqualTo(token.description());
    return token.description();
  }

  private IssuedToken asked(User user, TokenRequest request) {
    try (TokenGenerator generator = generator(KEY)) {
      return generator.generate(identity(user), request);
    }
  }

  private static String value(IssuedToken token) {
    return token.value().revealText();
  }

  private Authenticated authenticated(IssuedToken token) {
    return (Authenticated) provider.authenticate(field(value(token)));
  }

  private Rejected rejected(String token) {
    return (Rejected) provider.authenticate(field(token));
  }

  private AuthenticationProvider provider(Map<String, Object> settings) {
    MapSettings read = new MapSettings(settings);
    AuthenticationProvider made = new StoredTokenAuthenticationFactory().create(read, host);
    assertThat(read.problems()).isEmpty();
    return made;
  }

  private TokenGenerator generator(Map<String, Object> settings) {
    MapSettings read = new MapSettings(settings);
    TokenGenerator made = new StoredTokenGeneratorFactory().create(read, host);
    assertThat(read.problems()).isEmpty();
    return made;
  }

  private static Map<String, Object> with(Object... keysAndValues) {
    Map<String, Object> settings = new HashMap<>(KEY);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return settings;
  }
}
