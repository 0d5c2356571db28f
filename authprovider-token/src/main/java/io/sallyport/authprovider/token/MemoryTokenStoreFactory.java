package io.sallyport.authprovider.token;

import io.sallyport.authprovider.token.internal.store.LedgerTokenStore;
import io.sallyport.authprovider.token.internal.store.MemoryLedger;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.TokenStoreFactory;

/**
 * Makes token stores that hold all in memory: stored tokens end with the process, and revocations are
 * forgotten with it. For tests, and for applications of one node that issue nothing that outlives them.
 *
 * <p>Properties: {@code max_tokens} (100,000; 1 to 2,000,000), how many tokens are kept at most.
 *
 * @since 0.1
 */
public final class MemoryTokenStoreFactory implements TokenStoreFactory {

  /** Makes the factory. */
  public MemoryTokenStoreFactory() {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public TokenStore create(Settings settings, ProviderContext context) {
    int maxTokens = (int) settings.integer("max_tokens", 100_000, 1, 2_000_000);
    return new LedgerTokenStore(new MemoryLedger(context.clock()), maxTokens, context.clock());
  }
}
