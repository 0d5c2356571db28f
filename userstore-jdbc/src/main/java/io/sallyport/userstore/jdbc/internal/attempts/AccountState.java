package io.sallyport.userstore.jdbc.internal.attempts;

import io.sallyport.spi.LoginLimits;
import io.sallyport.userstore.jdbc.internal.attempts.RowKeys.Client;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What counts against an account: the failures of strangers in one counter, those of each client that has signed in
 * to it lately in a counter of its own.
 *
 * <p>Not safe for threads.
 */
final class AccountState {

  /** How many clients an account may be familiar with, so that its row stays small. */
  static final int MOST_FAMILIAR = 32;

  private final LoginLimits limits;
  private final LockingCounter strangers;

  /** Clients that have signed in, the one that did so last in front. */
  private final List<Familiar> familiars = new ArrayList<>();

  /** A client that has signed in to the account. */
  private record Familiar(Client client, long signedIn, LockingCounter counter) {}

  /**
   * An attempt's place.
   *
   * @param familiar whether its client was familiar
   * @param slice where it is counted; empty if it has no place among the failures, and must be refused
   */
  record Place(boolean familiar, OptionalLong slice) {

    boolean isReserved() {
      return slice.isPresent();
    }
  }

  private AccountState(LoginLimits limits, LockingCounter strangers) {
    this.limits = limits;
    this.strangers = strangers;
  }

  static AccountState empty(LoginLimits limits) {
    return new AccountState(limits, LockingCounter.empty(limits.account()));
  }

  static AccountState read(DataInput in, LoginLimits limits) throws IOException {
    AccountState state = new AccountState(limits, LockingCounter.read(in, limits.account()));
    int size = in.readUnsignedByte();
    for (int i = 0; i < size; i++) {
      state.familiars.add(new Familiar(
          new Client(in.readLong(), in.readLong()),
          in.readLong(),
          LockingCounter.read(in, limits.account())));
    }
    return state;
  }

  void write(DataOutput out) throws IOException {
    strangers.write(out);
    out.writeByte(familiars.size());
    for (Familiar each : familiars) {
      out.writeLong(each.client.high());
      out.writeLong(each.client.low());
      out.writeLong(each.signedIn);
      each.counter.write(out);
    }
  }

  /** Counts an attempt. */
  Place begin(Client client, long now) {
    boolean isFamiliar = isFamiliar(client, now);
    return new Place(isFamiliar, counter(client, isFamiliar).begin(now));
  }

  private boolean isFamiliar(Client client, long now) {
    Familiar familiar = find(client);
    return familiar != null && isFresh(familiar, now);
  }

  /**
   * Whether the success of an attempt, which would be admitted, would change nothing that matters.
   *
   * @param shared whether what counts here may be another account's
   */
  boolean isSettled(Client client, boolean shared, long now) {
    LockingCounter counter = counter(client, isFamiliar(client, now));
    return !counter.isFull(now)
        && counter.failures(now) == 0
        && (shared || isFamiliarEnough(client, now));
  }

  private boolean isFamiliarEnough(Client client, long now) {
    Familiar familiar = find(client);
    long forMillis = limits.familiarFor().toMillis();
    return forMillis == 0
        || (familiar != null && now - familiar.signedIn < forMillis / LoginLimits.FAMILIAR_PARTS);
  }

  private boolean isFresh(Familiar familiar, long now) {
    return now - familiar.signedIn < limits.familiarFor().toMillis();
  }

  /** The counter of one that has been forgotten since is the strangers'. */
  private LockingCounter counter(Client client, boolean asFamiliar) {
    Familiar familiar = asFamiliar ? find(client) : null;
    return familiar == null ? strangers : familiar.counter;
  }

  /**
   * An attempt with a place has ended well. Those of others that are under way go on counting.
   *
   * @param shared whether what counts here may be another account's, and so would the familiarity be
   */
  void succeeded(Place place, Client client, boolean shared, long now) {
    LockingCounter counter = counter(client, place.familiar);
    counter.withdraw(place.slice.orElseThrow());
    if (!shared) {
      counter.forgetFailures();
      welcome(client, now);
    }
  }

  /** Whether the failure of an attempt locks. */
  boolean failed(Place place, Client client, long now) {
    LockingCounter counter = counter(client, place.familiar);
    return place.isReserved()
        ? counter.failed(place.slice.orElseThrow(), now)
        : counter.failed(now);
  }

  void abandoned(Place place, Client client) {
    counter(client, place.familiar).withdraw(place.slice.orElseThrow());
  }

  boolean isLocked(long now) {
    return strangers.isLocked(now);
  }

  long lockedUntil() {
    return strangers.lockedUntil();
  }

  /** Ends the locks for strangers and familiar clients alike. */
  boolean unlock(long now) {
    boolean was = strangers.unlock(now);
    for (Familiar familiar : familiars) {
      was |= familiar.counter.unlock(now);
    }
    return was;
  }

  /** When it says nothing any more. */
  long end() {
    long end = strangers.end();
    for (Familiar familiar : familiars) {
      end = Math.max(end, familiar.counter.end());
      end = Math.max(end, familiar.signedIn + limits.familiarFor().toMillis());
    }
    return end;
  }

  private @Nullable Familiar find(Client client) {
    return familiars.stream()
        .filter(each -> each.client.equals(client))
        .findFirst()
        .orElse(null);
  }

  private void welcome(Client client, long now) {
    Familiar known = find(client);
    familiars.removeIf(each -> !isFresh(each, now) && each.counter.isIdle(now));
    if (known == null) {
      if (!hasRoom(now)) {
        return;
      }
      familiars.add(0, new Familiar(client, now, LockingCounter.empty(limits.account())));
    } else {
      familiars.remove(known);
      familiars.add(0, new Familiar(client, now, known.counter));
    }
  }

  /** In the place of the one that has been away longest, if nothing counts against it. */
  private boolean hasRoom(long now) {
    for (int i = familiars.size() - 1; i >= 0 && familiars.size() >= MOST_FAMILIAR; i--) {
      if (familiars.get(i).counter.isIdle(now)) {
        familiars.remove(i);
      }
    }
    return familiars.size() < MOST_FAMILIAR;
  }
}
