package io.sallyport.authprovider.token;

import io.sallyport.authprovider.token.internal.store.FileLedger;
import io.sallyport.authprovider.token.internal.store.LedgerTokenStore;
import io.sallyport.authprovider.token.internal.store.MemoryLedger;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.TokenStoreFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Makes token stores that hold all in memory and in a file, which the processes of one or more machines may
 * share. Each change is on disk before it is acknowledged, and survives a crash at any moment.
 *
 * <p>Properties: {@code path} (required), the file, which is made with mode 600 if it is not there and must
 * be readable and writable by its owner alone; {@code max_tokens} (100,000; 1 to 2,000,000), how many tokens
 * are kept at most; {@code max_staleness} (1s; 100ms to 1m), after what time at most this node sees what
 * others have changed.
 *
 * @since 0.1
 */
public final class FileTokenStoreFactory implements TokenStoreFactory {

  /** Makes the factory. */
  public FileTokenStoreFactory() {}

  @Override
  public String name() {
    return "file";
  }

  @Override
  public TokenStore create(Settings settings, ProviderContext context) {
    Path path = settings.file("path");
    int maxTokens = (int) settings.integer("max_tokens", 100_000, 1, 2_000_000);
    Duration staleness = settings.duration(
        "max_staleness", Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofMinutes(1));
    if (settings.has("path")) {
      try {
        return new LedgerTokenStore(
            new FileLedger(path, staleness, context.clock()), maxTokens, context.clock());
      } catch (IOException e) {
        settings.reject("path", String.valueOf(e.getMessage()));
      }
    }
    return new LedgerTokenStore(new MemoryLedger(context.clock()), maxTokens, context.clock());
  }
}
