package io.sallyport.userstore.jdbc;

import io.sallyport.spi.TokenStore;
import io.sallyport.testkit.TokenStoreContract;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import io.sallyport.userstore.jdbc.internal.schema.Schema;
import io.sallyport.userstore.jdbc.internal.schema.SchemaPart;
import io.sallyport.userstore.jdbc.internal.tokens.Freshness;
import io.sallyport.userstore.jdbc.internal.tokens.JdbcTokenStore;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

/** The contract of token stores, on every server. */
class TokenContractTest {

  abstract static class OnServer extends TokenStoreContract {

    private final Server server;

    OnServer(Server server) {
      this.server = server;
    }

    @Override
    protected TokenStore open(InstantSource clock) {
      JdbcDatabase database = JdbcDatabase.open(server.open().named(), Duration.ofSeconds(10));
      Schema.require(database, SchemaPart.TOKENS, true);
      return JdbcTokenStore.open(
          database, new Freshness(Duration.ofSeconds(1), Duration.ZERO), 1_000_000, clock);
    }
  }

  @Nested
  class OnPostgresql extends OnServer {
    OnPostgresql() {
      super(Server.POSTGRESQL);
    }
  }

  @Nested
  class OnMariaDb extends OnServer {
    OnMariaDb() {
      super(Server.MARIADB);
    }
  }

  @Nested
  class OnH2 extends OnServer {
    OnH2() {
      super(Server.H2);
    }
  }
}
