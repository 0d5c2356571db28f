package io.sallyport.core.internal.attempts;

import io.sallyport.spi.LoginLimits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What counts against one account: the failures of strangers in one counter, those of each client that has
 * signed in to it lately in a counter of its own. Safe for threads.
 */
final class AccountRecord implements Tracked {

  /** How many clients an account may be familiar with, so that one account cannot fill the memory. */
  static final int MOST_FAMILIAR = 32;

  private static final Familiar[] NOBODY = {};

  private final FailureLimit limit;
  private final long familiarMillis;

  /** Whether several accounts share this record since there was no room for their own. */
  private final boolean shared;

  private final LockingCounter strangers;

  /** Clients that have signed in, the one that did so last in front. */
  private Familiar[] familiars = NOBODY;

  private boolean retired;

  /** A client that has signed in to the account, with a counter while it needs one. */
  private static final class Familiar {

    private final String client;
    private @Nullable LockingCounter counter;
    private long signedIn;

    Familiar(String client) {
      this.client = client;
    }

    LockingCounter counter(FailureLimit limit) {
      if (counter == null) {
        counter = new LockingCounter(limit);
      }
      return counter;
    }

    boolean isIdle(long now) {
      return counter == null || counter.isIdle(now);
    }

    void dropIfIdle(long now) {
      if (isIdle(now)) {
        counter = null;
      }
    }
  }

  /** An attempt's place in a record. */
  static final class Entry {

    private final @Nullable Familiar from;
    private final boolean reserved;

    private Entry(@Nullable Familiar from, boolean reserved) {
      this.from = from;
      this.reserved = reserved;
    }

    /** Whether it has a place among the failures: without one it must be refused. */
    boolean isReserved() {
      return reserved;
    }

    boolean isFamiliar() {
      return from != null;
    }
  }

  AccountRecord(FailureLimit limit, long familiarMillis, boolean shared) {
    this.limit = limit;
    this.familiarMillis = familiarMillis;
    this.shared = shared;
    this.strangers = new LockingCounter(limit);
  }

  /** Counts an attempt; null if this record was given up. */
  synchronized @Nullable Entry begin(String client, long now) {
    if (retired) {
      return null;
    }
    Familiar from = familiar(client, now);
    return new Entry(from, counterFor(from).begin(now));
  }

  private @Nullable Familiar familiar(String client, long now) {
    int at = indexOf(client);
    return at >= 0 && now - familiars[at].signedIn < familiarMillis ? familiars[at] : null;
  }

  /** Whether the success of an attempt, which would be admitted, would change nothing that matters. */
  synchronized boolean isSettled(String client, long now) {
    Familiar from = familiar(client, now);
    LockingCounter counter = from == null ? strangers : from.counter;
    boolean isClean = counter == null || (!counter.isFull(now) && counter.failures(now) == 0);
    return isClean && isFamiliarEnough(from, now);
  }

  /** Nobody becomes familiar by a shared record, or where there is no time for it. */
  private boolean isFamiliarEnough(@Nullable Familiar from, long now) {
    return shared
        || familiarMillis == 0
        || (from != null && now - from.signedIn < familiarMillis / LoginLimits.FAMILIAR_PARTS);
  }

  private LockingCounter counterFor(@Nullable Familiar from) {
    return from == null ? strangers : from.counter(limit);
  }

  /** The attempt has ended well. Those of others that are under way go on counting. */
  synchronized void succeeded(Entry entry, String client, long began, long now) {
    LockingCounter counter = counterFor(entry.from);
    counter.withdraw(entry.reserved, began);
    if (shared || !entry.reserved) {
      // what counts in a shared record may be another account's, and so would the familiarity be
      return;
    }
    counter.forgetFailures();
    welcome(client, now);
  }

  /** Whether the failure of an attempt locks. */
  synchronized boolean failed(Entry entry, long began, long now) {
    return counterFor(entry.from).failed(entry.reserved, began, now);
  }

  synchronized void abandoned(Entry entry, long began) {
    counterFor(entry.from).withdraw(entry.reserved, began);
  }

  synchronized boolean isLocked(long now) {
    return strangers.isLocked(now);
  }

  /** Ends the locks for strangers and familiar clients alike. */
  synchronized boolean unlock(long now) {
    boolean was = strangers.unlock(now);
    for (Familiar familiar : familiars) {
      was |= familiar.counter(limit).unlock(now);
      familiar.dropIfIdle(now);
    }
    return was;
  }

  @Override
  public synchronized boolean retire(long now, long memory) {
    boolean known =
        familiars.length > 0 && now - familiars[0].signedIn < Math.min(memory, familiarMillis);
    retired |= !known && isIdle(now);
    return retired;
  }

  @Override
  public synchronized boolean isIdle(long now) {
    return strangers.isIdle(now)
        && Arrays.stream(familiars).allMatch(familiar -> familiar.isIdle(now));
  }

  private int indexOf(String client) {
    for (int i = 0; i < familiars.length; i++) {
      if (familiars[i].client.equals(client)) {
        return i;
      }
    }
    return -1;
  }

  private void welcome(String client, long now) {
    int at = indexOf(client);
    if (at < 0) {
      at = roomForAnother(now);
      if (at < 0) {
        return;
      }
      familiars[at] = new Familiar(client);
    }
    Familiar familiar = familiars[at];
    familiar.signedIn = now;
    if (at > 0) {
      familiars[0].dropIfIdle(now);
    }
    System.arraycopy(familiars, 0, familiars, 1, at);
    familiars[0] = familiar;
  }

  /** Where a client can stand, in the place of the one that has been away longest; negative if nowhere. */
  private int roomForAnother(long now) {
    if (familiars.length < MOST_FAMILIAR) {
      familiars = Arrays.copyOf(familiars, familiars.length + 1);
      return familiars.length - 1;
    }
    for (int i = familiars.length - 1; i >= 0; i--) {
      if (familiars[i].isIdle(now)) {
        return i;
      }
    }
    return -1;
  }
}
