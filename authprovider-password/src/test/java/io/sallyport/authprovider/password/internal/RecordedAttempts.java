package io.sallyport.authprovider.password.internal;

import io.sallyport.spi.LoginAttempt;
import io.sallyport.spi.LoginAttempt.Standing;
import io.sallyport.spi.LoginAttempts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts failures for each account, an attempt under way being one of them, and keeps a record of what it was
 * told. Locks an account when there are as many as {@link #lockAt} says, and throttles the clients it is told.
 */
public final class RecordedAttempts implements LoginAttempts {

  static final Duration RETRY_AFTER = Duration.ofSeconds(17);

  private final Map<Account, Integer> failures = new HashMap<>();
  private final Map<Account, Integer> underWay = new HashMap<>();
  private final List<String> record = new ArrayList<>();
  private final Map<String, Integer> attemptsLeft = new HashMap<>();
  private String familiar = "";
  private int limit = Integer.MAX_VALUE;
  private int open;
  private int endedTwice;

  synchronized RecordedAttempts lockAt(int failures) {
    limit = failures;
    return this;
  }

  synchronized void throttle(String client) {
    throttleAfter(client, 0);
  }

  synchronized void throttleAfter(String client, int attempts) {
    attemptsLeft.put(client, attempts);
  }

  /** Lets a client have signed in to all accounts lately. */
  synchronized RecordedAttempts familiar(String client) {
    familiar = client;
    return this;
  }

  /** What was told, as in {@code ADMITTED main/id-bob failed}, in the order of the ends. */
  synchronized List<String> record() {
    return List.copyOf(record);
  }

  synchronized int failures(Account account) {
    return failures.getOrDefault(account, 0);
  }

  synchronized boolean isEachEndedOnce() {
    return open == 0 && endedTwice == 0;
  }

  @Override
  public synchronized LoginAttempt begin(Account account, String client) {
    open++;
    Integer left = attemptsLeft.computeIfPresent(client, (c, n) -> n - 1);
    if (left != null && left < 0) {
      return new Attempt(account, client.equals(familiar), Standing.THROTTLED);
    }
    if (failures(account) + underWay.getOrDefault(account, 0) >= limit) {
      return new Attempt(account, client.equals(familiar), Standing.LOCKED);
    }
    underWay.merge(account, 1, Integer::sum);
    return new Attempt(account, client.equals(familiar), Standing.ADMITTED);
  }

  @Override
  public synchronized boolean isSettled(Account account, String client) {
    return client.equals(familiar)
        && attemptsLeft.getOrDefault(client, 1) > 0
        && failures(account) == 0
        && underWay.getOrDefault(account, 0) < limit;
  }

  @Override
  public synchronized boolean isLocked(Account account) {
    return failures(account) >= limit;
  }

  @Override
  public synchronized boolean unlock(Account account) {
    return failures.remove(account) != null;
  }

  private synchronized void end(Attempt attempt, String how) {
    if (attempt.ended) {
      endedTwice++;
    }
    attempt.ended = true;
    open--;
    if (attempt.standing == Standing.ADMITTED) {
      underWay.merge(attempt.account, -1, Integer::sum);
    }
    String store = attempt.account.store();
    record.add(attempt.standing + " " + (store == null ? "?" : store) + "/" + attempt.account.key()
        + " " + how);
  }

  private final class Attempt implements LoginAttempt {

    private final Account account;
    private final boolean familiar;
    private final Standing standing;
    private boolean ended;

    private Attempt(Account account, boolean familiar, Standing standing) {
      this.account = account;
      this.familiar = familiar;
      this.standing = standing;
    }

    @Override
    public Standing standing() {
      return standing;
    }

    @Override
    public Duration retryAfter() {
      return standing == Standing.THROTTLED ? RETRY_AFTER : Duration.ZERO;
    }

    @Override
    public boolean isFamiliar() {
      return familiar;
    }

    @Override
    public void succeeded() {
      synchronized (RecordedAttempts.this) {
        end(this, "succeeded");
        failures.remove(account);
      }
    }

    @Override
    public void failed() {
      synchronized (RecordedAttempts.this) {
        end(this, "failed");
        if (standing != Standing.THROTTLED) {
          failures.merge(account, 1, Integer::sum);
        }
      }
    }

    @Override
    public void abandoned() {
      end(this, "abandoned");
    }
  }
}
