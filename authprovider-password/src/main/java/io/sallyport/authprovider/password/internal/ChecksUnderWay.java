package io.sallyport.authprovider.password.internal;

import io.sallyport.spi.PasswordVerifier.Verdict;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets those who present the same credentials at the same time share one check, as the connections do that a
 * browser opens at once, or all that a busy client has under way when what was remembered of it ends. One
 * leads, the others follow.
 *
 * <p>Those who follow have no place in the queue for hashes. Without a bound, a flood of equal guesses would
 * hold all the threads that the provider may hold, however short that queue is. So of the strangers, {@value
 * #MAX_STRANGERS} follow at a time, whatever they present; whoever comes then makes a check alone. Who is
 * refused follows until the refusal is no longer withheld, since a thread waits for that as well, and one check
 * of a few milliseconds would otherwise give work to as many again.
 */
final class ChecksUnderWay {

  /** Half of what a provider may have under way unless {@code max_concurrent} says otherwise. */
  static final int MAX_STRANGERS = 64;

  private static final Duration RETRY_SOON = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final ConcurrentHashMap<CredentialKey, Check> checks = new ConcurrentHashMap<>();
  private final Places strangers;

  /**
   * Nothing is under way.
   *
   * @param ticker {@link System#nanoTime}, or what stands for it in a test
   */
  ChecksUnderWay(LongSupplier ticker) {
    this.strangers = new Places(MAX_STRANGERS, ticker);
  }

  private enum Role {
    LEADER,
    FAMILIAR,
    STRANGER
  }

  /**
   * The check of some credentials: the caller leads it if nobody does yet, or if too many follow.
   *
   * @param familiar whether the caller has signed in to the same account lately
   */
  Check enter(CredentialKey key, boolean familiar) {
    Check mine = new Check(key, Role.LEADER, new Shared());
    Check other = checks.putIfAbsent(key, mine);
    if (other == null) {
      return mine;
    }
    if (familiar) {
      return new Check(key, Role.FAMILIAR, other.shared);
    }
    return strangers.take() ? new Check(key, Role.STRANGER, other.shared) : mine;
  }

  private static Duration bounded(Duration limit) {
    return limit.compareTo(LONGEST_WAIT) < 0 ? limit : LONGEST_WAIT;
  }

  /** How many are under way, for tests. */
  int size() {
    return checks.size();
  }

  /** What the one who leads and those who follow have in common. */
  private static final class Shared {

    private final CompletableFuture<Optional<Computed<Verdict>>> outcome =
        new CompletableFuture<>();
    private final Lock asking = new ReentrantLock();

    // of the one whose turn it is to ask
    private final Map<String, Boolean> admitted = new HashMap<>();
    private @Nullable UnavailableException untold;
  }

  /** Seen by the one who leads, or by one who follows. */
  final class Check implements AutoCloseable {

    private final CredentialKey key;
    private final Role role;
    private final Shared shared;
    private Duration withheld = Duration.ZERO;

    private Check(CredentialKey key, Role role, Shared shared) {
      this.key = key;
      this.role = role;
      this.shared = shared;
    }

    boolean isLed() {
      return role == Role.LEADER;
    }

    /** Tells those who follow what was found. */
    void found(Computed<Verdict> computed) {
      checks.remove(key, this);
      shared.outcome.complete(Optional.of(computed));
    }

    /** How long the answer to the caller will be withheld once this is closed. */
    void withhold(Duration time) {
      withheld = time;
    }

    /**
     * Asks whether those who follow from a client are let in, once for each client, and one after the other: each
     * counts as an attempt while it asks, so that all at once would be too many for each other. If that cannot be
     * told to one, it is not asked for the others, who would wait for the same in turn.
     *
     * @param limit how long the caller can wait for its turn
     * @throws UnavailableException if it cannot be told
     */
    boolean isAdmitted(String client, Duration limit, BooleanSupplier asked) {
      awaitTurn(limit);
      try {
        if (shared.untold != null) {
          throw shared.untold;
        }
        return shared.admitted.computeIfAbsent(client, any -> asked.getAsBoolean());
      } catch (UnavailableException e) {
        shared.untold = e;
        throw e;
      } finally {
        shared.asking.unlock();
      }
    }

    private void awaitTurn(Duration limit) {
      try {
        if (!shared.asking.tryLock(bounded(limit).toNanos(), TimeUnit.NANOSECONDS)) {
          throw new UnavailableException(
              "failed logins could not be asked for in time", RETRY_SOON, null);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UnavailableException(
            "interrupted while failed logins were asked for", RETRY_SOON, e);
      }
    }

    /** Whoever leads and has found nothing lets go of those who follow. */
    @Override
    public void close() {
      if (role == Role.LEADER) {
        checks.remove(key, this);
        shared.outcome.complete(Optional.empty());
      } else if (role == Role.STRANGER) {
        strangers.giveBackAfter(withheld);
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
      try {
        return shared.outcome.get(bounded(limit).toNanos(), TimeUnit.NANOSECONDS);
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
