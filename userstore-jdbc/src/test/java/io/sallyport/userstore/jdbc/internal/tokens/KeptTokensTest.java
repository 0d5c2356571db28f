package io.sallyport.userstore.jdbc.internal.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.Restrictions;
import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.spi.TokenQuery;
import io.sallyport.spi.TokenQuery.Sort;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.UnavailableException;
import io.sallyport.userstore.jdbc.Server;
import io.sallyport.userstore.jdbc.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That what is kept is exact, and bounded. */
class KeptTokensTest extends TokenTestBase {

  private static final List<String> ODD = List.of(
      "",
      " ",
      "a",
      "A",
      "a ",
      "ä",
      "a\u0308",
      "a\0",
      "a\0b",
      "\ud800",
      "\udc00",
      "\ufffd",
      "?",
      "\ud83d\ude80",
      "\uffff",
      "%",
      "' OR 1=1 --",
      "x".repeat(256),
      "\u20ac".repeat(256));

  private static List<String> ids(TokenStore store, TokenQuery query) {
    return store.list(query).tokens().stream().map(StoredToken::id).toList();
  }

  private static TokenQuery byDescription(boolean descending) {
    return new TokenQuery(null, null, null, null, Sort.DESCRIPTION, descending, 0, 1000);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void keepsAnyTextAndTakesNoneForAnother(Server server) {
    TokenStore store = store(server.open());
    for (String odd : ODD) {
      StoredToken token = StoredToken.builder(
              TokenKind.STORED, odd, new TokenOwner(odd, odd), odd, NOW)
          .secretHash(odd)
          .familyId(odd)
          .description(odd)
          .restrictions(Restrictions.none().withRoles(Set.of(odd)).withEndpoints(List.of(odd)))
          .build();

      assertThat(store.save(token)).isTrue();
      assertThat(store.find(odd)).contains(token);
      assertThat(store.list(TokenQuery.of(token.owner())).tokens()).containsExactly(token);
      assertThat(ids(store, new TokenQuery(null, odd, null, null, Sort.ID, false, 0, 9)))
          .containsExactly(odd);
      assertThat(ids(store, new TokenQuery(null, null, odd, null, Sort.ID, false, 0, 9)))
          .containsExactly(odd);
    }

    List<String> sorted = ODD.stream().sorted().toList();
    assertThat(ids(store, new TokenQuery(null, null, null, null, Sort.ID, false, 0, 99)))
        .isEqualTo(sorted);
    assertThat(ids(store, new TokenQuery(null, null, null, null, Sort.USERNAME, false, 0, 99)))
        .isEqualTo(sorted);
    assertThat(ids(store, byDescription(false))).isEqualTo(sorted);
    for (String part : ODD) {
      assertThat(ids(store, new TokenQuery(null, null, null, part, Sort.ID, false, 0, 99)))
          .isEqualTo(sorted.stream().filter(text -> text.contains(part)).toList());
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void endsTheOneThatIsMeantOfAllTexts(Server server) {
    TestDatabase database = server.open();
    TokenStore store = store(database);
    TokenStore other = store(database);
    for (String odd : ODD) {
      store.save(token(odd).build());
    }

    store.revoke("\ud800", LATER);
    store.revokeAll(new TokenOwner("a ", "\ud800"), LATER, LATER);

    await(() -> other.isRevoked(signed("x"), new TokenOwner("a ", "\ud800")));
    for (TokenStore each : List.of(store, other)) {
      assertThat(ODD).filteredOn(id -> each.find(id).isEmpty()).containsExactly("\ud800");
      assertThat(ODD).filteredOn(id -> each.isRevoked(signed(id), LENA)).containsExactly("\ud800");
      assertThat(ODD)
          .filteredOn(id -> each.isRevoked(signed("x"), new TokenOwner("a ", id)))
          .containsExactly("\ud800");
      assertThat(ODD)
          .filteredOn(id -> each.isRevoked(signed("x"), new TokenOwner(id, "\ud800")))
          .containsExactly("a ");
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void refusesWhatADatabaseWouldCutOff(Server server) {
    TokenStore store = store(server.open());
    String longest = "x".repeat(Row.MOST_KEY_BYTES);
    String longer = longest + "x";

    assertThat(store.save(token(longest).build())).isTrue();
    assertThatThrownBy(() -> store.save(token(longer).build()))
        .hasMessageContaining("768")
        .hasMessageNotContaining("xxx");
    assertThatThrownBy(() -> store.save(refresh("r", longer).build()))
        .hasMessageContaining("family");
    assertThatThrownBy(() -> store.revoke(longer, LATER)).hasMessageContaining("768");
    assertThatThrownBy(() -> store.revokeAll(new TokenOwner("main", longer), NOW, LATER))
        .hasMessageContaining("768");
    assertThat(store.find(longer)).isEmpty();
    assertThat(store.delete(longer)).isFalse();
    assertThat(store.consume(longer, NOW)).isFalse();
    assertThat(store.isRevoked(signed(longer), LENA)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void keepsInstantsToTheNanosecondAndToTheEndOfTime(Server server) {
    TokenStore store = store(server.open());
    List<Instant> instants = List.of(
        Instant.MIN,
        Instant.ofEpochSecond(-1, 1),
        Instant.EPOCH,
        Instant.ofEpochSecond(0, 999_999_999),
        Instant.MAX);
    for (Instant each : instants) {
      StoredToken token = StoredToken.builder(TokenKind.STORED, each.toString(), LENA, "lena", each)
          .expiresAt(each)
          .lastUsedAt(each)
          .build();

      store.save(token);

      assertThat(store.find(token.id())).contains(token);
    }
    assertThat(ids(store, new TokenQuery(null, null, null, null, Sort.CREATED, false, 0, 9)))
        .isEqualTo(instants.stream().map(Instant::toString).toList());
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void sortsLongDescriptionsByAllOfThem(Server server) {
    TokenStore store = store(server.open());
    List<String> ends = List.of("c", "b", "", "b\0", "ba");
    for (String end : ends) {
      // as many bytes as 1,024 characters may have
      store.save(token("e" + end).description("\u20ac".repeat(1022) + end).build());
    }

    assertThat(ids(store, byDescription(false))).containsExactly("e", "eb", "eb\0", "eba", "ec");
    assertThat(ids(store, byDescription(true))).containsExactly("ec", "eba", "eb\0", "eb", "e");
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void keepsTheLatestUsedUpTokensOfAFamilyAndNotManyMore(Server server) {
    TokenStore store = store(server.open());
    int renewals = TokenTable.USED_UP_OF_A_FAMILY + TokenTable.MORE_OF_A_FAMILY + 1;
    store.save(refresh("o", "other").consumedAt(NOW.minusSeconds(9)).build());
    for (int i = 0; i < renewals; i++) {
      store.save(refresh("r" + i, "f").consumedAt(NOW.plusMillis(i)).build());
    }

    int eldest = renewals - TokenTable.USED_UP_OF_A_FAMILY;
    assertThat(store.find("r" + eldest)).isPresent();
    assertThat(store.find("r" + (eldest - 1))).isEmpty();
    assertThat(store.find("r0")).isEmpty();
    assertThat(store.find("o")).isPresent();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aFullStoreRefusesAndSaysWhatHelps(Server server) {
    TokenStore store = store(database(server.open()), A_SECOND, 2);
    store.save(token("a").build());
    store.save(token("b").build());

    assertThatThrownBy(() -> store.save(token("c").build()))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("holds 2 tokens, and max_tokens is 2")
        .hasMessageContaining("raise max_tokens");
    assertThat(store.save(token("a").build())).as("is there already").isFalse();
    assertThat(store.delete("a")).isTrue();
    assertThat(store.save(token("c").build())).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void aFullStoreMakesPlaceOfWhatHasExpired(Server server) {
    Instant past = Instant.parse("2020-01-01T00:00:00Z");
    TokenStore store = store(database(server.open()), A_SECOND, 2, () -> past);
    store.save(token("a").expiresAt(past.minusNanos(1)).build());
    store.save(token("b").expiresAt(past).build());

    assertThat(store.save(token("c").build())).isTrue();

    assertThat(store.find("a")).isEmpty();
    assertThat(store.find("b")).isPresent();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void twoNodesTogetherFillAStoreToItsLimit(Server server) throws Exception {
    TestDatabase database = server.open();
    List<TokenStore> nodes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      nodes.add(store(database(database), A_SECOND, 10));
    }
    for (int i = 0; i < 10; i++) {
      assertThat(nodes.get(i % 2).save(token("t" + i).build())).isTrue();
    }

    for (TokenStore each : nodes) {
      assertThat(isUnavailable(() -> each.save(token("more").build()))).isTrue();
    }
  }
}
