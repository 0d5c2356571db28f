package io.sallyport.authprovider.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.authprovider.token.internal.MapSettings;
import io.sallyport.authprovider.token.internal.StandardContext;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.TokenStoreFactory;
import io.sallyport.spi.UnavailableException;
import io.sallyport.testkit.TokenStoreContract;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The store in memory, as a configuration makes it. */
final class MemoryTokenStoreTest extends TokenStoreContract {

  private static final Instant NOW = Instant.parse("2027-01-15T08:00:00Z");
  private static final TokenOwner LENA = new TokenOwner("main", "u-lena");

  private Instant now = NOW;

  @Override
  protected TokenStore open(InstantSource clock) {
    return open(clock, Map.of());
  }

  private static TokenStore open(InstantSource clock, Map<String, Object> properties) {
    MapSettings settings = new MapSettings(properties);
    TokenStore store =
        new MemoryTokenStoreFactory().create(settings, new StandardContext(clock, List.of()));
    assertThat(settings.problems()).isEmpty();
    return store;
  }

  private static StoredToken.Builder token(String id) {
    return StoredToken.builder(TokenKind.STORED, id, LENA, "lena", NOW);
  }

  @Test
  void isFoundByItsName() {
    MemoryTokenStoreTest.class.getModule().addUses(TokenStoreFactory.class);

    assertThat(ServiceLoader.load(TokenStoreFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(factory -> factory.name().equals("memory")))
        .hasOnlyElementsOfType(MemoryTokenStoreFactory.class)
        .hasSize(1);
  }

  @Test
  void aFullStoreRefusesAndSaysWhatHelps() {
    try (TokenStore store = open(() -> now, Map.of("max_tokens", 2))) {
      store.save(token("a").build());
      store.save(token("b").build());

      assertThatThrownBy(() -> store.save(token("c").build()))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("max_tokens is 2")
          .hasMessageContaining("raise max_tokens");
      assertThat(store.save(token("a").build())).as("is there already").isFalse();
      assertThat(store.delete("a")).isTrue();
      assertThat(store.save(token("c").build())).isTrue();
    }
  }

  @Test
  void keepsNoMoreThanTheLatestUsedUpTokensOfAFamily() {
    try (TokenStore store = open(() -> now, Map.of())) {
      for (int i = 0; i < 1100; i++) {
        store.save(StoredToken.builder(TokenKind.REFRESH, "r" + i, LENA, "lena", NOW)
            .familyId("f")
            .build());
        store.consume("r" + i, NOW.plusMillis(i));
      }

      assertThat(store.find("r" + (1100 - 1024))).isPresent();
      assertThat(store.find("r" + (1100 - 1024 - 2))).isEmpty();
    }
  }

  @Test
  void aFullStoreMakesPlaceOfWhatHasExpired() {
    try (TokenStore store = open(() -> now, Map.of("max_tokens", 2))) {
      store.save(token("a").expiresAt(NOW.plusSeconds(10)).build());
      store.save(token("b").build());
      now = NOW.plusSeconds(10);

      assertThat(store.save(token("c").build())).isTrue();

      assertThat(store.find("a")).isEmpty();
      assertThat(store.find("b")).isPresent();
    }
  }

  @Test
  void forgetsRevocationsAnHourAfterTheirTokensHaveEnded() {
    TokenDetails ended = new TokenDetails(TokenKind.SIGNED, "s", null, NOW, NOW.plusSeconds(600));
    try (TokenStore store = open(() -> now, Map.of())) {
      store.revoke("s", NOW.plusSeconds(600));
      now = NOW.plusSeconds(600 + 3600);
      store.revoke("x", now);
      boolean within = store.isRevoked(ended, LENA);
      now = now.plusSeconds(61);
      store.revoke("y", now);

      assertThat(within).isTrue();
      assertThat(store.isRevoked(ended, LENA)).isFalse();
    }
  }
}
