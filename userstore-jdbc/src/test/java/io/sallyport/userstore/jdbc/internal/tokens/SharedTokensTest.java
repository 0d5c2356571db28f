package io.sallyport.userstore.jdbc.internal.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenOwner;
import io.sallyport.spi.TokenStore;
import io.sallyport.userstore.jdbc.Grants;
import io.sallyport.userstore.jdbc.Server;
import io.sallyport.userstore.jdbc.TestDatabase;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import io.sallyport.userstore.jdbc.internal.schema.Schema;
import io.sallyport.userstore.jdbc.internal.schema.SchemaPart;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Several nodes at once, under the isolations that data sources have. */
class SharedTokensTest extends TokenTestBase {

  static Stream<Arguments> serversAndIsolations() {
    return Stream.of(Server.values())
        .flatMap(server -> Stream.of("TRANSACTION_READ_COMMITTED", "TRANSACTION_REPEATABLE_READ")
            .map(isolation -> Arguments.of(server, isolation)));
  }

  private List<TokenStore> nodes(Server server, String isolation) {
    TestDatabase database = server.open();
    List<TokenStore> nodes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      nodes.add(store(database(pool(database, isolation)), A_SECOND, MANY));
    }
    return nodes;
  }

  @ParameterizedTest
  @MethodSource("serversAndIsolations")
  void ofManyOnTwoNodesOneUsesARefreshTokenUp(Server server, String isolation) throws Exception {
    List<TokenStore> nodes = nodes(server, isolation);
    for (int round = 0; round < 10; round++) {
      String id = "r" + round;
      nodes.get(0).save(refresh(id, null).build());
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        TokenStore node = nodes.get(i % 2);
        calls.add(() -> node.consume(id, NOW));
      }

      assertThat(atOnce(calls)).containsOnlyOnce(true).hasSize(THREADS);
    }
  }

  @ParameterizedTest
  @MethodSource("serversAndIsolations")
  void ofManyOnTwoNodesOneSavesATokenOfAnId(Server server, String isolation) throws Exception {
    List<TokenStore> nodes = nodes(server, isolation);
    for (int round = 0; round < 10; round++) {
      String id = "t" + round;
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        TokenStore node = nodes.get(i % 2);
        StoredToken token = token(id).description("by " + i).build();
        calls.add(() -> node.save(token));
      }

      List<Boolean> saved = atOnce(calls);

      assertThat(saved).containsOnlyOnce(true);
      assertThat(nodes.get(0).find(id).orElseThrow().description())
          .contains("by " + saved.indexOf(true));
    }
  }

  @ParameterizedTest
  @MethodSource("serversAndIsolations")
  void nothingIsKeptThatIsSavedWhileItsFamilyOrItsOwnersTokensEnd(Server server, String isolation)
      throws Exception {
    List<TokenStore> nodes = nodes(server, isolation);
    int saved = 0;
    for (int round = 0; round < 20; round++) {
      String family = "f" + round;
      TokenOwner owner = new TokenOwner("main", "u" + round);
      List<Callable<Boolean>> calls = new ArrayList<>();
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < THREADS - 2; i++) {
        String id = family + "-" + i;
        StoredToken token = i % 2 == 0
            ? refresh(id, family).build()
            : StoredToken.builder(refresh(id, null).build().kind(), id, owner, "lena", NOW)
                .build();
        ids.add(id);
        calls.add(() -> !isUnavailable(() -> nodes.get(0).save(token)));
      }
      calls.add(round % calls.size(), () -> {
        nodes.get(1).revoke(family, LATER);
        return true;
      });
      calls.add(round % calls.size(), () -> {
        nodes.get(1).revokeAll(owner, NOW.plusSeconds(1), LATER);
        return true;
      });

      saved += (int) atOnce(calls).stream().filter(each -> each).count() - 2;

      assertThat(ids).allMatch(id -> nodes.get(0).find(id).isEmpty());
    }
    assertThat(saved).as("saved before they were ended, and not all").isBetween(1, 20 * 14 - 1);
  }

  @ParameterizedTest
  @MethodSource("serversAndIsolations")
  void whoeverEndsSomethingGetsItsTurnWhileManyDo(Server server, String isolation)
      throws Exception {
    List<TokenStore> nodes = nodes(server, isolation);
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int caller = i;
      calls.add(() -> {
        for (int k = 0; k < 10; k++) {
          nodes.get(caller % 2).revoke(caller + "-" + k, LATER);
        }
        return true;
      });
    }

    assertThat(atOnce(calls)).containsOnly(true);

    for (TokenStore node : nodes) {
      for (int i = 0; i < THREADS; i++) {
        for (int k = 0; k < 10; k++) {
          String id = i + "-" + k;
          await(() -> node.isRevoked(signed(id), LENA));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("serversAndIsolations")
  void usesInOppositeOrdersAndTheEndingOfTokensHoldNobodyUp(Server server, String isolation)
      throws Exception {
    List<TokenStore> nodes = nodes(server, isolation);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < TokenTable.AT_ONCE + 20; i++) {
      ids.add("t" + i);
      nodes.get(0).save(token("t" + i).build());
    }
    AtomicBoolean ended = new AtomicBoolean();
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      TokenStore node = nodes.get(i % 2);
      Instant used = NOW.plusSeconds(i);
      Map<String, Instant> uses = new LinkedHashMap<>();
      for (int k = 0; k < ids.size(); k++) {
        uses.put(ids.get(i % 2 == 0 ? k : ids.size() - 1 - k), used);
      }
      calls.add(() -> {
        node.touch(uses);
        return true;
      });
    }
    calls.add(() -> {
      nodes.get(1).revoke("t7", LATER);
      ended.set(true);
      return true;
    });

    assertThat(atOnce(calls)).containsOnly(true);

    assertThat(ended).isTrue();
    assertThat(nodes.get(0).find("t7")).isEmpty();
    assertThat(nodes.get(0).find("t" + (ids.size() - 1)).orElseThrow().lastUsedAt())
        .contains(NOW.plusSeconds(3));
    assertThat(nodes.get(0).find("t0").orElseThrow().lastUsedAt()).contains(NOW.plusSeconds(3));
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, names = "H2", mode = EnumSource.Mode.EXCLUDE)
  void needsNoMoreThanTheDocumentedPrivileges(Server server) throws Exception {
    TestDatabase database = server.open();
    database(database);
    JdbcDatabase role = JdbcDatabase.open(
        database.withRole(Grants.documented("tokens")).named(), Duration.ofSeconds(5));
    Schema.require(role, SchemaPart.TOKENS, false);
    TokenStore store = store(role, A_SECOND, 3);

    assertThat(store.save(refresh("r", "f").build())).isTrue();
    assertThat(store.save(token("a").build())).isTrue();
    assertThat(store.save(token("b").build())).isTrue();
    assertThat(isUnavailable(() -> store.save(token("c").build()))).as("full").isTrue();
    store.touch(Map.of("a", NOW));
    assertThat(store.consume("r", NOW)).isTrue();
    store.revoke("f", LATER);
    store.revoke("f", LATER);
    store.revokeAll(LENA, LATER, LATER);
    store.revokeAll(LENA, LATER, LATER);
    store.deleteExpired(LENA, LATER);
    TokenSql sql = new TokenSql(role.dialect());
    TokenTable tokens = new TokenTable(role, sql);
    tokens.deleteEldest("f");
    Upkeep upkeep = new Upkeep(role, sql, tokens, InstantSource.system());

    assertThat(upkeep.sweepIfDue()).isTrue();
    assertThat(store.find("a")).isEmpty();
    assertThat(store.isRevoked(signed("f"), LENA)).isTrue();
  }
}
