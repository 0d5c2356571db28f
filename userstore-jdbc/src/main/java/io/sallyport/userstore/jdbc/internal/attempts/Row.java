package io.sallyport.userstore.jdbc.internal.attempts;

import io.sallyport.spi.LoginLimits;
import io.sallyport.spi.LoginLimits.Limit;
import io.sallyport.spi.UnavailableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * A row as it was read, and what it is to become.
 *
 * <p><b>Time.</b> A row has a time of its own, that of the database without its steps back: where the database's clock
 * was set back by hours, or another server has taken over whose clock is, a lock lasts no longer and no failure
 * counts for longer than it should. While the clock is behind by less than {@link #STEP_BACK}, which may only mean
 * that a statement has waited, no time passes.
 *
 * <p><b>Generation.</b> A random number from its making. Whoever was given a place in a row that has been deleted
 * since, and made anew, has none in the new one.
 *
 * <p>Not safe for threads.
 */
final class Row {

  /** Longer than a statement may wait. */
  static final long STEP_BACK = Duration.ofMinutes(2).toMillis();

  /** So that the index by this time changes seldom. */
  private static final long EXPIRY_STEP = Duration.ofMinutes(1).toMillis();

  private static final Duration RETRY_AFTER = Duration.ofMinutes(1);
  private static final int VERSION = 1;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final RowKey key;
  private final long generation;

  /** What is taken from, or added to, the database's time. */
  private final long lost;

  private final long seen;
  private final DataInputStream content;
  private boolean changed;
  private byte[] state;
  private long end;
  private long lockedUntil;

  private Row(RowKey key, long generation, long seen, long lost, byte[] state, DataInputStream in) {
    this.key = key;
    this.generation = generation;
    this.seen = seen;
    this.lost = lost;
    this.state = state;
    this.content = in;
  }

  /**
   * Reads one.
   *
   * @param clock what the database's clock says now, in milliseconds
   */
  static Row read(RowKey key, byte[] state, long clock) {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(state));
    try {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new UnavailableException(
            "a row of sallyport_attempts is of version " + version + ", expected " + VERSION
                + "; is a newer release at work on the same tables?",
            RETRY_AFTER,
            null);
      }
      long generation = in.readLong();
      long seen = in.readLong();
      long lost = in.readLong();
      return clock < seen - STEP_BACK
          ? new Row(key, generation, clock, lost + seen - clock, state, in)
          : new Row(key, generation, Math.max(seen, clock), lost, state, in);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /** The state of a row in which nothing counts. */
  static byte[] unused() {
    return write(RANDOM.nextLong(), Long.MIN_VALUE / 2, 0, out -> {});
  }

  RowKey key() {
    return key;
  }

  long generation() {
    return generation;
  }

  /** The row's time. */
  long now() {
    return seen + lost;
  }

  /** What counts against a client. */
  FailureWindow client(Limit limit) {
    try {
      return content.available() == 0
          ? new FailureWindow(limit)
          : FailureWindow.read(content, limit);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /** What counts against an account. */
  AccountState account(LoginLimits limits) {
    try {
      return content.available() == 0
          ? AccountState.empty(limits)
          : AccountState.read(content, limits);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  void keep(FailureWindow client) {
    keep(client.end(), Long.MIN_VALUE, client::write);
  }

  void keep(AccountState account) {
    keep(account.end(), account.lockedUntil(), account::write);
  }

  private void keep(long ends, long locked, Content what) {
    changed = true;
    state = write(generation, seen, lost, what);
    end = Math.max(now(), ends);
    lockedUntil = locked;
  }

  boolean isChanged() {
    return changed;
  }

  byte[] state() {
    return state.clone();
  }

  /** From when on it may be deleted, by the database's clock. */
  long expiresAt() {
    return (Math.floorDiv(end - lost, EXPIRY_STEP) + 1) * EXPIRY_STEP;
  }

  boolean isLocked() {
    return lockedUntil > now();
  }

  /** Until when the account is locked for strangers, by the database's clock. */
  long lockedUntil() {
    return lockedUntil - lost;
  }

  private static byte[] write(long generation, long seen, long lost, Content content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(generation);
      out.writeLong(seen);
      out.writeLong(lost);
      content.write(out);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static UnavailableException damaged(IOException e) {
    return new UnavailableException(
        "a row of sallyport_attempts is damaged; delete it", RETRY_AFTER, e);
  }

  /** What follows the times. */
  @FunctionalInterface
  private interface Content {
    void write(DataOutputStream out) throws IOException;
  }
}
