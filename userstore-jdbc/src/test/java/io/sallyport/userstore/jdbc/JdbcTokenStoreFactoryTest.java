package io.sallyport.userstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.TokenStoreFactory;
import io.sallyport.spi.UnavailableException;
import java.time.Instant;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Token stores as a configuration makes them. */
class JdbcTokenStoreFactoryTest {

  private static TokenStore store(UserHost host, String... properties) {
    return host.store(settings -> new JdbcTokenStoreFactory().create(settings, host), properties);
  }

  private static StoredToken token(String id) {
    return StoredToken.builder(
            TokenKind.STORED, id, new TokenOwner("main", "7"), "lena", Instant.EPOCH)
        .build();
  }

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(TokenStoreFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(factory -> factory.name().equals("jdbc")))
        .hasOnlyElementsOfType(JdbcTokenStoreFactory.class)
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void makesAStoreOfItsProperties(Server server) {
    UserHost host = UserHost.on(server.open());
    try (TokenStore store =
        store(host, "create_schema: true", "max_tokens: 1", "max_staleness: 200ms")) {
      assertThat(store.save(token("a"))).isTrue();
      assertThatThrownBy(() -> store.save(token("b")))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining("max_tokens is 1");
    }
    // the tables are there now
    try (TokenStore again = store(host)) {
      assertThat(again.find("a")).contains(token("a"));
    }
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void saysWhichScriptMakesTheTablesThatAreMissing(Server server) {
    UserHost host = UserHost.on(server.open());

    assertThatThrownBy(() -> store(host))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining("tokens-1.sql")
        .hasMessageContaining("create_schema: true");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max_tokens: 0",
        "max_tokens: 100000001",
        "max_staleness: 199ms",
        "max_staleness: 301s",
        "stale_if_error: 25h",
        "max_tokenz: 5"
      })
  void refusesWhatIsOutOfBoundsOrUnknown(String property) {
    UserHost host = UserHost.on(TestDatabase.h2());

    assertThatThrownBy(() -> store(host, "create_schema: true", property))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageContaining(property.substring(0, property.indexOf(':')));
  }
}
