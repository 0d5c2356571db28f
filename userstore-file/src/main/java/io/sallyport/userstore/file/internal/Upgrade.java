package io.sallyport.userstore.file.internal;

import io.sallyport.api.Secret;
import io.sallyport.spi.UnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A hash that is to be replaced.
 *
 * @param userId whose hash it is
 * @param expected the hash that is to be there
 * @param replacement the hash that comes in its place
 * @param outcome whether it has come there
 */
record Upgrade(
    String userId, Secret expected, Secret replacement, CompletableFuture<Boolean> outcome) {

  Upgrade(String userId, Secret expected, Secret replacement) {
    this(userId, expected, replacement, new CompletableFuture<>());
  }

  boolean isFor(Account account) {
    return account.has(expected);
  }

  /** What came of it, once that is known. */
  boolean result() {
    try {
      return outcome.getNow(false);
    } catch (CompletionException e) {
      if (e.getCause() instanceof UnavailableException unavailable) {
        throw new UnavailableException(
            String.valueOf(unavailable.getMessage()), unavailable.retryAfter(), unavailable);
      }
      throw e;
    }
  }
}
