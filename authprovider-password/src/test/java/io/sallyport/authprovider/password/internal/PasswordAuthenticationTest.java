package io.sallyport.authprovider.password.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.AuthenticationResult.Authenticated;
import io.sallyport.api.AuthenticationResult.NotPresented;
import io.sallyport.api.AuthenticationResult.Reason;
import io.sallyport.api.AuthenticationResult.Rejected;
import io.sallyport.api.Credential;
import io.sallyport.api.Profile;
import io.sallyport.api.Subject;
import io.sallyport.authprovider.password.internal.ProviderUnderTest.Options;
import io.sallyport.authprovider.password.internal.hash.Argon2Backend;
import io.sallyport.authprovider.password.internal.hash.Argon2Parameters;
import io.sallyport.authprovider.password.internal.hash.Argon2Scheme;
import io.sallyport.authprovider.password.internal.hash.NativeArgon2;
import io.sallyport.spi.PasswordVerifier.Verdict;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordAuthenticationTest {

  private static final Argon2Parameters COST = ProviderUnderTest.COST;
  private static final String PASSWORD = "open sesame";
  private static final String HASH = ProviderUnderTest.hash(PASSWORD);

  private final ProviderUnderTest tested = new ProviderUnderTest();
  private final TestUserstore main = tested.main;
  private final TestUserstore second = tested.second;
  private final PasswordAuthentication provider = tested.provider;

  @AfterEach
  void close() {
    tested.close();
  }

  @Test
  void authenticatesTheRightPasswordAsOfNow() {
    main.add("Aladdin", TestUserstore.stored(HASH));

    AuthenticationResult result = provider.authenticate(TestRequest.basic("Aladdin", PASSWORD));

    assertThat(result).isInstanceOf(Authenticated.class);
    Authenticated yes = (Authenticated) result;
    assertThat(yes.subject()).isInstanceOfSatisfying(Subject.StoreUser.class, user -> {
      assertThat(user.store()).isEqualTo("main");
      assertThat(user.user().id()).isEqualTo("id-Aladdin");
    });
    assertThat(yes.evidence().method()).isEqualTo("basic");
    assertThat(yes.evidence().signedInAt()).isEqualTo(TestContext.NOW);
    assertThat(main.lookups()).isEqualTo(1);
  }

  @Test
  void handsOnTheNameThatWasTypedWhereTheStoreSpellsItOtherwise() {
    main.addAs(
        "aladdin@example.org",
        TestUserstore.build(TestUserstore.user("Aladdin").credential(TestUserstore.stored(HASH))));

    AuthenticationResult result =
        provider.authenticate(TestRequest.basic("aladdin@example.org", PASSWORD));

    assertThat(((Authenticated) result).evidence().claimedName()).contains("aladdin@example.org");
  }

  @Test
  void tellsWrongPasswordsAndUnknownUsersApartForTheOperatorOnly() {
    main.add("Aladdin", TestUserstore.stored(HASH));

    AuthenticationResult wrong = provider.authenticate(TestRequest.basic("Aladdin", "open rice"));
    AuthenticationResult unknown = provider.authenticate(TestRequest.basic("Alibaba", PASSWORD));

    assertThat(wrong)
        .isEqualTo(new Rejected(
            Reason.WRONG_CREDENTIALS,
            "authentication of user \"Aladdin\" failed",
            "Aladdin",
            ProviderUnderTest.PAD));
    assertThat(unknown)
        .isEqualTo(new Rejected(
            Reason.UNKNOWN_USER,
            "authentication of user \"Alibaba\" failed",
            "Alibaba",
            ProviderUnderTest.PAD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"XnByxlmr4MgAs", "!", "*", "plain", "{plain}plain", "$argon2id$"})
  void neverTakesAStoredTextForItsOwnPassword(String stored) {
    main.add("user", TestUserstore.stored(stored));

    AuthenticationResult result = provider.authenticate(TestRequest.basic("user", stored));

    assertThat(((Rejected) result).reason()).isEqualTo(Reason.WRONG_CREDENTIALS);
  }

  @Test
  void letsTheFirstStoreThatKnowsTheUserDecide() {
    main.add("twin", TestUserstore.stored(HASH));
    second.add(
        "twin", TestUserstore.stored(Argon2Scheme.load().hash(COST, "other".getBytes(UTF_8))));
    second.add("only", TestUserstore.stored(HASH));

    AuthenticationResult twin = provider.authenticate(TestRequest.basic("twin", "other"));
    AuthenticationResult only = provider.authenticate(TestRequest.basic("only", PASSWORD));

    assertThat(((Rejected) twin).reason()).isEqualTo(Reason.WRONG_CREDENTIALS);
    assertThat(only)
        .isInstanceOfSatisfying(
            Authenticated.class,
            yes -> assertThat(((Subject.StoreUser) yes.subject()).store()).isEqualTo("second"));
  }

  @Test
  void asksTheStoreThatChecksPasswordsItself() {
    main.add("ldap", new Credential.VerifiedByStore());
    main.verifiedBy((id, password) -> password.revealText().equals(PASSWORD) && id.equals("id-ldap")
        ? Verdict.VERIFIED
        : password.revealText().equals("gone") ? Verdict.UNKNOWN : Verdict.WRONG);

    AuthenticationResult right = provider.authenticate(TestRequest.basic("ldap", PASSWORD));
    AuthenticationResult wrong = provider.authenticate(TestRequest.basic("ldap", "wrong"));
    AuthenticationResult gone = provider.authenticate(TestRequest.basic("ldap", "gone"));

    assertThat(right).isInstanceOf(Authenticated.class);
    assertThat(((Rejected) wrong).reason()).isEqualTo(Reason.WRONG_CREDENTIALS);
    assertThat(((Rejected) gone).reason()).isEqualTo(Reason.UNKNOWN_USER);
    assertThat(tested.computed).isEmpty();
  }

  @Test
  void cannotTellWhenAStoreThatChecksPasswordsItselfOffersNoWay() {
    main.add("ldap", new Credential.VerifiedByStore());

    assertThatThrownBy(() -> provider.authenticate(TestRequest.basic("ldap", PASSWORD)))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("\"main\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {":", "alice:", ":secret", "alice", "al\u0001ice:secret", "alice:se\u0000cret"})
  void looksNobodyUpCountsNothingAndComputesNothingForCredentialsThatNobodyCanHave(
      String userPass) {
    String field = "Basic " + Base64.getEncoder().encodeToString(userPass.getBytes(UTF_8));

    AuthenticationResult result = provider.authenticate(TestRequest.of(field));

    assertThat(((Rejected) result).reason()).isEqualTo(Reason.MALFORMED);
    assertThat(main.lookups()).isZero();
    assertThat(tested.attempts.record()).isEmpty();
    assertThat(tested.computed).isEmpty();
  }

  @Test
  void hasNothingToSayWithoutBasicCredentials() {
    assertThat(provider.authenticate(TestRequest.of())).isEqualTo(new NotPresented());
    assertThat(provider.authenticate(TestRequest.of(""))).isEqualTo(new NotPresented());
    assertThat(provider.authenticate(TestRequest.of("Bearer x"))).isEqualTo(new NotPresented());
    assertThat(provider.isPresented(TestRequest.of("Bearer x"))).isFalse();
    assertThat(provider.isPresented(TestRequest.of("Basic x"))).isTrue();
  }

  @Test
  void callsTwoFieldsAmbiguous() {
    AuthenticationResult result = provider.authenticate(TestRequest.of("Basic YTpi", "Bearer x"));

    assertThat(((Rejected) result).reason()).isEqualTo(Reason.AMBIGUOUS);
  }

  @Test
  void readsTheUrlAlphabetUnderTheCloudifyProfilesOnly() {
    main.add("a", TestUserstore.stored(Argon2Scheme.load().hash(COST, "??>".getBytes(UTF_8))));
    TestRequest request = TestRequest.of("Basic YTo_Pz4");

    assertThat(provider.authenticate(request)).isInstanceOf(Rejected.class);
    for (Profile profile : List.of(Profile.CLOUDIFY_3, Profile.CLOUDIFY_4)) {
      try (ProviderUnderTest lenient = new ProviderUnderTest(new Options().profile(profile))) {
        lenient.main.add("a", main.findUser("a").orElseThrow().credential());
        assertThat(lenient.provider.authenticate(request)).isInstanceOf(Authenticated.class);
      }
    }
  }

  /** Invariant 1: what cannot be computed is never a wrong password, and never a right one. */
  @Test
  void isUnavailableWhenTheHashCannotBeComputed() {
    Argon2Backend real = new NativeArgon2();
    boolean[] broken = {false};
    Argon2Backend breaking = (parameters, password, salt, length) -> {
      if (broken[0]) {
        throw new UnavailableException("no memory", Duration.ofSeconds(5), null);
      }
      return real.hash(parameters, password, salt, length);
    };
    try (ProviderUnderTest failing = new ProviderUnderTest(new Options().backend(breaking))) {
      failing.main.add("Aladdin", TestUserstore.stored(HASH));
      broken[0] = true;

      assertThatThrownBy(() -> failing.signIn("Aladdin", PASSWORD))
          .isInstanceOf(UnavailableException.class);
      assertThatThrownBy(() -> failing.signIn("nobody", PASSWORD))
          .isInstanceOf(UnavailableException.class);
      assertThat(failing.attempts.record())
          .containsExactly("ADMITTED main/id-Aladdin abandoned", "ADMITTED ?/nobody abandoned");
    }
  }

  @Test
  void isUnavailableWithoutTimeAndAfterClose() {
    TestRequest late = new TestRequest(TestRequest.basic("x", "y").authorization(), Duration.ZERO);

    assertThatThrownBy(() -> provider.authenticate(late)).isInstanceOf(UnavailableException.class);
    provider.close();
    assertThatThrownBy(() -> provider.authenticate(TestRequest.basic("x", "y")))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void escapesTheNameThatItShows() {
    AuthenticationResult result =
        provider.authenticate(TestRequest.basic("a\"b\\c\u202e\u2028é", "x"));

    assertThat(((Rejected) result).detail())
        .isEqualTo("authentication of user \"a\\\"b\\\\c\\u{202e}\\u{2028}é\" failed");
  }
}
