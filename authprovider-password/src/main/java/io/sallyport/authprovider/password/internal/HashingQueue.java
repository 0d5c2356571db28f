package io.sallyport.authprovider.password.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a hash, and whose turn it is. Not thread-safe, and never runs anything.
 *
 * <p>Clients take turns. Familiar callers go before the others, but after {@value #FAMILIAR_IN_A_ROW} of
 * them it is the turn of another. Whoever's turn it is keeps it until there is enough memory: nothing
 * smaller overtakes it, so that it does not wait forever, and what is behind it waits no longer than for
 * what is being computed.
 *
 * <p>Where there is no room, a newcomer may still get the place of another: a familiar caller that of an
 * unfamiliar one of the same client, and anybody that of the client who holds most, if it holds at least two
 * more. The one that came last has to go.
 */
final class HashingQueue {

  private static final int FAMILIAR_IN_A_ROW = 3;

  private final HashingLimits limits;
  private final Turns familiar = new Turns();
  private final Turns strangers = new Turns();
  private int familiarInARow;

  HashingQueue(HashingLimits limits) {
    this.limits = limits;
  }

  /** What became of a newcomer. */
  enum Standing {
    ADMITTED,
    /** Its client holds as many places as one client may. */
    CLIENT_HOLDS_ITS_SHARE,
    /** There is no place for anybody of its kind. */
    FULL
  }

  /** What became of a newcomer, and who had to go for it. */
  record Admission(Standing standing, Optional<HashingJob<?>> displaced) {
    private static Admission of(Standing standing) {
      return new Admission(standing, Optional.empty());
    }
  }

  int size() {
    return familiar.size() + strangers.size();
  }

  boolean isEmpty() {
    return size() == 0;
  }

  /** Gives a place to a job if there is one for it. */
  Admission add(HashingJob<?> job) {
    Turns kind = kindOf(job);
    boolean kindIsFull = size() == limits.queue() || kind.size() == limits.perKind();
    boolean clientIsFull = held(job.client()) >= limits.perClient();
    if (!kindIsFull && !clientIsFull) {
      kind.add(job);
      return Admission.of(Standing.ADMITTED);
    }
    HashingJob<?> displaced = clientIsFull ? lessFamiliar(job) : ofTheGreediest(job);
    if (displaced == null) {
      return Admission.of(clientIsFull ? Standing.CLIENT_HOLDS_ITS_SHARE : Standing.FULL);
    }
    remove(displaced);
    kind.add(job);
    return new Admission(Standing.ADMITTED, Optional.of(displaced));
  }

  private Turns kindOf(HashingJob<?> job) {
    return job.isFamiliar() ? familiar : strangers;
  }

  private int held(String client) {
    return familiar.of(client) + strangers.of(client);
  }

  private @Nullable HashingJob<?> lessFamiliar(HashingJob<?> newcomer) {
    return newcomer.isFamiliar() && familiar.size() < limits.perKind()
        ? strangers.newestOf(newcomer.client())
        : null;
  }

  private @Nullable HashingJob<?> ofTheGreediest(HashingJob<?> newcomer) {
    Turns kind = kindOf(newcomer);
    HashingJob<?> candidate = kind.newestOfLongest();
    return candidate != null && kind.of(candidate.client()) >= kind.of(newcomer.client()) + 2
        ? candidate
        : null;
  }

  /**
   * Takes whose turn it is.
   *
   * @param freeKib how much memory it may take
   * @return the job; nothing if none waits, or if there is not enough memory for it yet
   */
  @Nullable
  HashingJob<?> next(int freeKib) {
    boolean familiarsTurn =
        !familiar.isEmpty() && (strangers.isEmpty() || familiarInARow < FAMILIAR_IN_A_ROW);
    Turns turn = familiarsTurn ? familiar : strangers;
    HashingJob<?> next = turn.peek();
    if (next == null || next.memoryKib() > freeKib) {
      return null;
    }
    familiarInARow = familiarsTurn && !strangers.isEmpty() ? familiarInARow + 1 : 0;
    return turn.poll();
  }

  /** Takes a job out, wherever it stands; does nothing if it does not wait here. */
  boolean remove(HashingJob<?> job) {
    return kindOf(job).remove(job);
  }

  /** Takes out all. */
  List<HashingJob<?>> drain() {
    List<HashingJob<?>> all = new ArrayList<>(size());
    for (HashingJob<?> job = next(Integer.MAX_VALUE); job != null; job = next(Integer.MAX_VALUE)) {
      all.add(job);
    }
    return all;
  }
}
