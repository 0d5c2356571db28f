package io.sallyport.userstore.file.internal;

import io.sallyport.api.Secret;
import io.sallyport.spi.ConfigurationFiles.Reloadable;
import io.sallyport.spi.PasswordUpdates;
import io.sallyport.spi.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Replaces hashes in the file. It is written by whoever comes when it may be written, for all who have come
 * until then; the others wait a little. Who has waited long enough is told that it cannot be done now, and is
 * still served with the next writing: that the hash must be the expected one holds then too.
 */
final class HashUpdates implements PasswordUpdates {

  private final Reloadable<Users> users;
  private final UpgradePace pace;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition written = lock.newCondition();
  private final Map<String, Upgrade> pending = new LinkedHashMap<>();
  private boolean writing;
  private long notBefore = System.nanoTime();
  private @Nullable UnavailableException failure;

  HashUpdates(Reloadable<Users> users, UpgradePace pace) {
    this.users = users;
    this.pace = pace;
  }

  @Override
  public boolean replaceHash(String userId, Secret expected, Secret replacement) {
    if (!HashForm.mayBeWritten(replacement)) {
      throw new IllegalArgumentException(
          "a new hash must be printable ASCII in the form of a hash, without quotes and backslashes");
    }
    Upgrade upgrade = new Upgrade(userId, expected, replacement);
    return isDue(upgrade) && await(upgrade);
  }

  private boolean isDue(Upgrade upgrade) {
    return users.current().accountOf(upgrade.userId()).map(upgrade::isFor).orElse(false);
  }

  private boolean await(Upgrade upgrade) {
    long deadline = System.nanoTime() + pace.patience().toNanos();
    lock.lock();
    try {
      Upgrade awaited = enqueue(upgrade);
      while (!awaited.outcome().isDone()) {
        long pause = pauseOrWrite(deadline);
        if (pause > 0) {
          written.awaitNanos(pause);
        }
      }
      // of two for the same hash, one has replaced it and the other has come too late
      return awaited.result() && awaited.outcome() == upgrade.outcome();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("waiting for the users file was interrupted", pace.pause(), e);
    } finally {
      lock.unlock();
    }
  }

  /** The upgrade to wait for: another one of the same hash may have come before. */
  private Upgrade enqueue(Upgrade upgrade) {
    UnavailableException failed = failure;
    if (failed != null && untilNext() > 0) {
      throw new UnavailableException(
          "the users file could not be written a moment ago", failed.retryAfter(), failed);
    }
    Upgrade earlier = pending.get(upgrade.userId());
    if (earlier != null && earlier.expected().matches(upgrade.expected())) {
      return earlier;
    }
    if (earlier == null && pending.size() >= pace.capacity()) {
      throw later();
    }
    if (earlier != null) {
      earlier.outcome().complete(false);
    }
    pending.put(upgrade.userId(), upgrade);
    return upgrade;
  }

  /** Writes if that can be done now, and else tells how many nanoseconds to wait for it. */
  private long pauseOrWrite(long deadline) {
    long untilNext = untilNext();
    if (!writing && untilNext <= 0) {
      write();
      return 0;
    }
    long patience = deadline - System.nanoTime();
    if (patience <= 0) {
      throw later();
    }
    return writing ? patience : Math.min(patience, untilNext);
  }

  /** How many wait for the next writing. */
  int waiting() {
    lock.lock();
    try {
      return pending.size();
    } finally {
      lock.unlock();
    }
  }

  private long untilNext() {
    return notBefore - System.nanoTime();
  }

  private UnavailableException later() {
    Duration retryAfter = Duration.ofNanos(Math.max(untilNext(), pace.pause().toNanos()));
    return new UnavailableException(
        "the users file is written for several users together, and not yet", retryAfter, null);
  }

  /** Writes for all who wait; the lock is held before and afterwards, not meanwhile. */
  private void write() {
    List<Upgrade> batch = new ArrayList<>(pending.values());
    pending.clear();
    writing = true;
    lock.unlock();
    long start = System.nanoTime();
    UnavailableException failed = null;
    try {
      replace(batch.stream().filter(this::isStillDue).toList());
    } catch (UnavailableException e) {
      failed = e;
    } finally {
      // what broke off, for whatever reason, must leave nobody waiting
      Duration rest = pace.after(Duration.ofNanos(System.nanoTime() - start));
      UnavailableException reason = failed == null ? later() : failed;
      batch.forEach(upgrade -> upgrade.outcome().completeExceptionally(reason));
      lock.lock();
      writing = false;
      failure = failed;
      notBefore = System.nanoTime()
          + (failed != null && failed.retryAfter().compareTo(rest) > 0 ? failed.retryAfter() : rest)
              .toNanos();
      written.signalAll();
    }
  }

  private boolean isStillDue(Upgrade upgrade) {
    boolean due = isDue(upgrade);
    if (!due) {
      upgrade.outcome().complete(false);
    }
    return due;
  }

  /** Halves what is refused as a whole, until what can be written is, and the rest stands alone. */
  private void replace(List<Upgrade> upgrades) {
    if (upgrades.isEmpty()) {
      return;
    }
    if (users.edit(new UpgradeEdit(upgrades))) {
      upgrades.forEach(this::settle);
    } else if (upgrades.size() == 1) {
      settle(upgrades.get(0));
    } else {
      int half = upgrades.size() / 2;
      replace(upgrades.subList(0, half));
      replace(upgrades.subList(half, upgrades.size()));
    }
  }

  private void settle(Upgrade upgrade) {
    // not so if the hash stands in the file in a way that is not changed, such as an alias
    boolean replaced = users
        .current()
        .accountOf(upgrade.userId())
        .map(account -> account.has(upgrade.replacement()))
        .orElse(false);
    upgrade.outcome().complete(replaced);
  }
}
