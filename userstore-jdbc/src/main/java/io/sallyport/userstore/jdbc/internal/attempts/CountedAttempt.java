package io.sallyport.userstore.jdbc.internal.attempts;

import io.sallyport.spi.LoginAttempt;
import io.sallyport.spi.LoginAttempts.Account;
import io.sallyport.userstore.jdbc.internal.attempts.AccountState.Place;
import io.sallyport.userstore.jdbc.internal.attempts.RowKeys.Client;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An attempt that counts as a failure until its end is told. Of several ends, the first counts, even if it could not
 * be told: it may have been, and nothing must be taken back twice.
 */
final class CountedAttempt implements LoginAttempt {

  private final JdbcLoginAttempts attempts;
  private final Begun begun;
  private final Optional<RowPlace> clientPlace;
  private final long generation;
  private final Place place;
  private final AtomicBoolean ended = new AtomicBoolean();

  /** How it ends. */
  enum End {
    SUCCEEDED,
    FAILED,
    ABANDONED
  }

  /**
   * What begins.
   *
   * @param account whose password is tried
   * @param client where it comes from
   * @param from the same, as the rows have it
   * @param accountRow the row of the account
   * @param clientRow the row of the client, empty if it needs none
   */
  record Begun(
      Account account, String client, Client from, RowKey accountRow, Optional<RowKey> clientRow) {}

  /**
   * A place in the row of a client.
   *
   * @param generation of the row
   * @param slice where in it
   */
  record RowPlace(long generation, long slice) {}

  /**
   * An attempt.
   *
   * @param generation of the row of the account
   * @param place its place there
   */
  CountedAttempt(
      JdbcLoginAttempts attempts,
      Begun begun,
      Optional<RowPlace> clientPlace,
      long generation,
      Place place) {
    this.attempts = attempts;
    this.begun = begun;
    this.clientPlace = clientPlace;
    this.generation = generation;
    this.place = place;
  }

  Begun begun() {
    return begun;
  }

  Optional<RowPlace> clientPlace() {
    return clientPlace;
  }

  long generation() {
    return generation;
  }

  Place place() {
    return place;
  }

  @Override
  public Standing standing() {
    return place.isReserved() ? Standing.ADMITTED : Standing.LOCKED;
  }

  @Override
  public Duration retryAfter() {
    return Duration.ZERO;
  }

  @Override
  public boolean isFamiliar() {
    return place.familiar();
  }

  @Override
  public void succeeded() {
    end(End.SUCCEEDED);
  }

  @Override
  public void failed() {
    end(End.FAILED);
  }

  @Override
  public void abandoned() {
    end(End.ABANDONED);
  }

  private void end(End end) {
    if (ended.compareAndSet(false, true)) {
      attempts.end(this, end);
    }
  }
}
