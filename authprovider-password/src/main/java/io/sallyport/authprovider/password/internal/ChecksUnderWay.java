package io.sallyport.authprovider.password.internal;

import io.sallyport.spi.PasswordVerifier.Verdict;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets those who present the same credentials at the same time share one check, as the connections do that a
 * browser opens at once. One leads, {@value #MAX_FOLLOWERS} at most follow, and whoever comes then makes a
 * check alone. Those who follow have no place in the queue for hashes: without a bound, a flood of equal
 * guesses would hold as many threads as there are, however short that queue is.
 */
final class ChecksUnderWay {

  /** A browser opens six connections to a server. */
  static final int MAX_FOLLOWERS = 8;

  private static final Duration RETRY_SOON = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final ConcurrentHashMap<CredentialKey, Check> checks = new ConcurrentHashMap<>();

  /** The check of some credentials: the caller leads it if nobody does yet, or if enough follow. */
  Check enter(CredentialKey key) {
    Check mine = new Check(key);
    Check other = checks.putIfAbsent(key, mine);
    return other != null && other.takesFollower() ? other.followed() : mine;
  }

  /** How many are under way, for tests. */
  int size() {
    return checks.size();
  }

  /** Seen by the one who leads, or by one who follows. */
  final class Check implements AutoCloseable {

    private final CredentialKey key;
    private final boolean leading;
    private final CompletableFuture<Optional<Computed<Verdict>>> outcome;
    private final AtomicInteger asked = new AtomicInteger();

    private Check(CredentialKey key) {
      this(key, true, new CompletableFuture<>());
    }

    private Check(
        CredentialKey key,
        boolean leading,
        CompletableFuture<Optional<Computed<Verdict>>> outcome) {
      this.key = key;
      this.leading = leading;
      this.outcome = outcome;
    }

    private boolean takesFollower() {
      return asked.incrementAndGet() <= MAX_FOLLOWERS;
    }

    private Check followed() {
      return new Check(key, false, outcome);
    }

    boolean isLed() {
      return leading;
    }

    /** Tells those who follow what was found. */
    void found(Computed<Verdict> computed) {
      checks.remove(key, this);
      outcome.complete(Optional.of(computed));
    }

    /** Whoever leads and has found nothing lets go of those who follow. */
    @Override
    public void close() {
      if (leading) {
        checks.remove(key, this);
        outcome.complete(Optional.empty());
      }
    }

    /**
     * Waits for what the one who leads finds.
     *
     * @param limit how long the caller can wait
     * @return empty if nothing was found
     * @throws UnavailableException if it takes too long
     */
    Optional<Computed<Verdict>> await(Duration limit) {
      Duration wait = limit.compareTo(LONGEST_WAIT) < 0 ? limit : LONGEST_WAIT;
      try {
        return outcome.get(wait.toNanos(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw new UnavailableException("a password was not checked in time", RETRY_SOON, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UnavailableException("interrupted while a password was checked", RETRY_SOON, e);
      } catch (ExecutionException e) {
        throw new IllegalStateException("nobody completes it so", e);
      }
    }
  }
}
