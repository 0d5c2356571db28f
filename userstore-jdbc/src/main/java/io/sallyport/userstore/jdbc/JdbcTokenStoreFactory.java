package io.sallyport.userstore.jdbc;

import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.TokenStoreFactory;
import io.sallyport.userstore.jdbc.internal.connection.SharedDatabase;
import io.sallyport.userstore.jdbc.internal.schema.SchemaPart;
import io.sallyport.userstore.jdbc.internal.tokens.Freshness;
import io.sallyport.userstore.jdbc.internal.tokens.JdbcTokenStore;

/**
 * Makes token stores in a database that nodes share, by the name {@code jdbc}.
 *
 * <p>Its properties are {@code database}, the name of a database of the configuration where there are several;
 * {@code create_schema}; {@code statement_timeout}; {@code max_tokens} (1,000,000), how many tokens are kept at most;
 * {@code max_staleness} (one second), within which a node knows what others have ended; and {@code stale_if_error}
 * (off), for how long tokens that need no look-up here go on while the database is away.
 *
 * @since 0.1
 */
public final class JdbcTokenStoreFactory implements TokenStoreFactory {

  private static final long USUAL_TOKENS = 1_000_000;
  private static final long MOST_TOKENS = 100_000_000;

  /** Made by {@link java.util.ServiceLoader}. */
  public JdbcTokenStoreFactory() {}

  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public TokenStore create(Settings settings, ProviderContext context) {
    Freshness freshness = Freshness.read(settings);
    long maxTokens = settings.integer("max_tokens", USUAL_TOKENS, 1, MOST_TOKENS);
    return JdbcTokenStore.open(
        SharedDatabase.open(settings, context, SchemaPart.TOKENS),
        freshness,
        maxTokens,
        context.clock());
  }
}
