package io.sallyport.core.internal.attempts;

import io.sallyport.spi.LoginAttempt;
import io.sallyport.spi.LoginAttempts.Account;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** An attempt that counts as a failure until its end is told. Of several ends, the first counts. */
final class CountedAttempt implements LoginAttempt {

  private final InMemoryLoginAttempts attempts;
  private final Account account;
  private final String client;
  private final AccountRecord record;
  private final AccountRecord.Entry entry;
  private final ClientRecord from;
  private final long began;
  private final AtomicBoolean ended = new AtomicBoolean();

  CountedAttempt(
      InMemoryLoginAttempts attempts,
      Account account,
      String client,
      AccountRecord record,
      AccountRecord.Entry entry,
      ClientRecord from,
      long began) {
    this.attempts = attempts;
    this.account = account;
    this.client = client;
    this.record = record;
    this.entry = entry;
    this.from = from;
    this.began = began;
  }

  @Override
  public Standing standing() {
    return entry.isReserved() ? Standing.ADMITTED : Standing.LOCKED;
  }

  @Override
  public Duration retryAfter() {
    return Duration.ZERO;
  }

  @Override
  public boolean isFamiliar() {
    return entry.isFamiliar();
  }

  @Override
  public void succeeded() {
    if (ends()) {
      from.end(began, false);
      record.succeeded(entry, client, began, attempts.now());
    }
  }

  @Override
  public void failed() {
    if (ends()) {
      from.end(began, true);
      if (record.failed(entry, began, attempts.now())) {
        attempts.locked(account, client);
      }
    }
  }

  @Override
  public void abandoned() {
    if (ends()) {
      from.end(began, false);
      record.abandoned(entry, began);
    }
  }

  private boolean ends() {
    return ended.compareAndSet(false, true);
  }
}
