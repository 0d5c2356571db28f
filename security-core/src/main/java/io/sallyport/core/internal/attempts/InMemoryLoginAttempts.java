package io.sallyport.core.internal.attempts;

import io.sallyport.core.internal.attempts.SecretIndex.Digest;
import io.sallyport.spi.LoginAttempt;
import io.sallyport.spi.LoginAttempts;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts failed logins in the memory of this process.
 *
 * <p>Accounts of each store, names that none knows, and clients have a table each, so that a flood of
 * invented names costs no account its own counter. There is one lock for each account and each client, held
 * for an addition, and none for all.
 */
public final class InMemoryLoginAttempts implements LoginAttempts {

  private final AttemptLimits limits;
  private final SteadyTime time;
  private final FailureReports reports;
  private final SecretIndex index = new SecretIndex();
  private final ConcurrentHashMap<String, BoundedTable<String, AccountRecord>> accounts =
      new ConcurrentHashMap<>();
  private final BoundedTable<Digest, AccountRecord> names;
  private final BoundedTable<String, ClientRecord> clients;

  InMemoryLoginAttempts(AttemptLimits limits, SteadyTime time) {
    this.limits = limits;
    this.time = time;
    this.reports = new FailureReports(limits);
    this.names = new BoundedTable<>(limits.maxTracked(), 0, this::account, Digest::low);
    this.clients = new BoundedTable<>(
        limits.maxTracked(), 0, shared -> new ClientRecord(limits.client()), this::indexOf);
  }

  private AccountRecord account(boolean shared) {
    return new AccountRecord(limits.account(), limits.familiarFor().toMillis(), shared);
  }

  private long indexOf(String key) {
    return index.of(key).low();
  }

  @Override
  public LoginAttempt begin(Account account, String client) {
    long now = time.millis();
    ClientRecord from;
    long wait;
    do {
      from = clients.get(client, now);
      wait = from.begin(now);
      if (wait < 0) {
        clients.remove(client, from);
      }
    } while (wait < 0);
    if (wait > 0) {
      reports.throttled(client);
      return new ThrottledAttempt(Duration.ofMillis(wait));
    }
    return account.store() == null
        ? begin(names, index.of(account.key()), account, client, from, now)
        : begin(tableOf(account.store()), account.key(), account, client, from, now);
  }

  private <K> LoginAttempt begin(
      BoundedTable<K, AccountRecord> table,
      K key,
      Account account,
      String client,
      ClientRecord from,
      long now) {
    while (true) {
      AccountRecord record = table.get(key, now);
      AccountRecord.Entry entry = record.begin(client, now);
      if (entry != null) {
        return new CountedAttempt(this, account, client, record, entry, from, now);
      }
      table.remove(key, record);
    }
  }

  @Override
  public boolean isSettled(Account account, String client) {
    long now = time.millis();
    ClientRecord from = clients.find(client);
    if (from != null && from.millisToWait(now) > 0) {
      return false;
    }
    AccountRecord record = find(account);
    return record != null && record.isSettled(client, now);
  }

  private BoundedTable<String, AccountRecord> tableOf(String store) {
    BoundedTable<String, AccountRecord> known = accounts.get(store);
    return known == null
        ? accounts.computeIfAbsent(
            store,
            any -> new BoundedTable<>(
                limits.maxTracked(), limits.familiarFor().toMillis(), this::account, this::indexOf))
        : known;
  }

  private @Nullable AccountRecord find(Account account) {
    return account.store() == null
        ? names.find(index.of(account.key()))
        : tableOf(account.store()).find(account.key());
  }

  @Override
  public boolean isLocked(Account account) {
    AccountRecord record = find(account);
    return record != null && record.isLocked(time.millis());
  }

  @Override
  public boolean unlock(Account account) {
    AccountRecord record = find(account);
    return record != null && record.unlock(time.millis());
  }

  long now() {
    return time.millis();
  }

  void locked(Account account, String client) {
    reports.locked(account, client);
  }

  /** How many records of their own names that no store knows have. */
  long trackedNames() {
    return names.size();
  }

  /** How many records of their own clients have. */
  long trackedClients() {
    return clients.size();
  }
}
