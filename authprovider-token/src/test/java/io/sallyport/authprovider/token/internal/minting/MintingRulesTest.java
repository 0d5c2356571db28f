package io.sallyport.authprovider.token.internal.minting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Evidence;
import io.sallyport.api.Identity;
import io.sallyport.api.Restrictions;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.authprovider.token.internal.MapSettings;
import io.sallyport.authprovider.token.internal.Samples;
import io.sallyport.spi.NotPermittedException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class MintingRulesTest {

  private static final MintingRules STRICT = new MintingRules(false, false);
  private static final Restrictions SCOPE = Restrictions.none().withTenants(Set.of("blue"));

  @Test
  void permitsWhatPeopleSignInWithAndTheirSessions() {
    for (Identity caller : List.of(
        caller(null, null, Restrictions.none()),
        caller(TokenKind.SIGNED, null, Restrictions.none()),
        caller(TokenKind.SIGNED, "slr-family", Restrictions.none()),
        caller(TokenKind.REFRESH, "slr-family", Restrictions.none().withNotAfter(Samples.NOW)),
        caller(TokenKind.OUTSIDE, null, Restrictions.none()))) {
      assertThatCode(() -> STRICT.check(caller)).doesNotThrowAnyException();
    }
  }

  @Test
  void permitsStoredAndScopedOnesByNameEachByItsOwn() {
    Identity stored = caller(TokenKind.STORED, null, Restrictions.none());
    Identity scoped = caller(null, null, SCOPE);
    Identity both = caller(TokenKind.STORED, null, SCOPE);

    refuses(STRICT, stored);
    refuses(STRICT, scoped);
    refuses(new MintingRules(true, false), scoped);
    refuses(new MintingRules(true, false), both);
    refuses(new MintingRules(false, true), stored);
    refuses(new MintingRules(false, true), both);
    assertThatCode(() -> new MintingRules(true, false).check(stored)).doesNotThrowAnyException();
    assertThatCode(() -> new MintingRules(false, true).check(scoped)).doesNotThrowAnyException();
    assertThatCode(() -> new MintingRules(true, true).check(both)).doesNotThrowAnyException();
  }

  @Test
  void neverPermitsWhatWasMadeWithAStoredToken() {
    refuses(new MintingRules(true, true), caller(TokenKind.STORED, "abc", Restrictions.none()));
    refuses(new MintingRules(true, true), caller(TokenKind.SIGNED, "abc", Restrictions.none()));
  }

  @Test
  void namesWhatEndsTheNewTokenWithIt() {
    assertThat(MintingRules.parentOf(caller(null, null, SCOPE))).isNull();
    assertThat(MintingRules.parentOf(caller(TokenKind.STORED, null, SCOPE))).isEqualTo("id");
    assertThat(MintingRules.parentOf(caller(TokenKind.SIGNED, null, SCOPE))).isNull();
    assertThat(MintingRules.parentOf(caller(TokenKind.SIGNED, "slr-f", SCOPE))).isEqualTo("slr-f");
    assertThat(MintingRules.parentOf(caller(TokenKind.REFRESH, "slr-f", SCOPE))).isEqualTo("slr-f");
  }

  @Test
  void readsItsWords() {
    assertThat(MintingRules.read(new MapSettings(Map.of()))).isEqualTo(STRICT);
    assertThat(MintingRules.read(new MapSettings(Map.of("minting_permitted_to", "scoped"))))
        .isEqualTo(new MintingRules(false, true));
    MapSettings odd = new MapSettings(Map.of("minting_permitted_to", List.of("Stored")));
    assertThat(MintingRules.read(odd)).isEqualTo(STRICT);
    assertThat(odd.problems()).hasSize(1);
  }

  private static void refuses(MintingRules rules, Identity caller) {
    assertThatThrownBy(() -> rules.check(caller)).isInstanceOf(NotPermittedException.class);
  }

  private static Identity caller(
      @Nullable TokenKind kind, @Nullable String parent, Restrictions restrictions) {
    Evidence evidence = Evidence.of("test", Samples.NOW).withRestrictions(restrictions);
    return Samples.identity(
        Samples.user("u-lena", "1"),
        kind == null
            ? evidence
            : evidence.withToken(new TokenDetails(kind, "id", parent, Samples.NOW, null)));
  }
}
