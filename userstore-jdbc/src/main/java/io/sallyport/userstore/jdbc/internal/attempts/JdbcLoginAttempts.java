package io.sallyport.userstore.jdbc.internal.attempts;

import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.LoginAttempt;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.LoginLimits;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.UnavailableException;
import io.sallyport.userstore.jdbc.internal.attempts.AccountState.Place;
import io.sallyport.userstore.jdbc.internal.attempts.AttemptTable.Rows;
import io.sallyport.userstore.jdbc.internal.attempts.CountedAttempt.Begun;
import io.sallyport.userstore.jdbc.internal.attempts.CountedAttempt.End;
import io.sallyport.userstore.jdbc.internal.attempts.CountedAttempt.RowPlace;
import io.sallyport.userstore.jdbc.internal.attempts.RowKeys.Client;
import io.sallyport.userstore.jdbc.internal.connection.SharedDatabase;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import io.sallyport.userstore.jdbc.internal.schema.SchemaPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Counts failed logins in a database, for all nodes that use it.
 *
 * <p>An attempt costs one transaction when it begins and one when it ends: one statement that locks and reads its two
 * rows, one batch that writes them, and the commit.
 */
public final class JdbcLoginAttempts implements LoginAttempts {

  private final LoginLimits limits;
  private final AttemptTable table;
  private final RowKeys keys;
  private final FailureReports reports;
  private final KnownThrottles throttles;
  private final Sweep sweep;

  private JdbcLoginAttempts(
      LoginLimits limits, AttemptTable table, RowKeys keys, LongSupplier nanos) {
    this.limits = limits;
    this.table = table;
    this.keys = keys;
    this.reports = new FailureReports(limits);
    this.throttles = new KnownThrottles(nanos);
    this.sweep = new Sweep(table, nanos);
  }

  /**
   * Makes counters of what their entry says.
   *
   * @throws InvalidSettingsException if the database or its tables are not there, or may not be used
   */
  public static JdbcLoginAttempts open(Settings settings, ProviderContext context) {
    LoginLimits limits = LoginLimits.read(settings, context.profile());
    return open(
        SharedDatabase.open(settings, context, SchemaPart.ATTEMPTS), limits, System::nanoTime, "");
  }

  /**
   * The same.
   *
   * @param clockOffset what is added to the clock of the database, as SQL
   */
  static JdbcLoginAttempts open(
      JdbcDatabase database, LoginLimits limits, LongSupplier nanos, String clockOffset) {
    AttemptTable table = new AttemptTable(database, clockOffset);
    try {
      table.requirePrivileges();
      return new JdbcLoginAttempts(limits, table, new RowKeys(SharedSecret.of(database)), nanos);
    } catch (UnavailableException e) {
      throw new InvalidSettingsException(e.getMessage()
          + "; needed are SELECT, INSERT, UPDATE and DELETE on sallyport_attempts, and SELECT and INSERT on"
          + " sallyport_attempt_key");
    }
  }

  @Override
  public LoginAttempt begin(Account account, String client) {
    Client from = keys.client(client);
    OptionalLong wait = throttles.millisLeft(from);
    if (wait.isPresent()) {
      return new ThrottledAttempt(Duration.ofMillis(wait.getAsLong()));
    }
    Begun begun = new Begun(account, client, from, keys.account(account), clientRow(from));
    LoginAttempt attempt = table.change(rows(begun, true), account, locked -> begin(begun, locked));
    if (attempt.standing() == LoginAttempt.Standing.THROTTLED) {
      reports.throttled(client);
    }
    return attempt;
  }

  /** Clients without a limit need no row. */
  private Optional<RowKey> clientRow(Client client) {
    return limits.client().isUnlimited() ? Optional.empty() : Optional.of(client.row());
  }

  private static List<RowKey> rows(Begun begun, boolean withAccount) {
    List<RowKey> rows = new ArrayList<>();
    begun.clientRow().ifPresent(rows::add);
    if (withAccount) {
      rows.add(begun.accountRow());
    }
    return rows;
  }

  private LoginAttempt begin(Begun begun, Rows locked) {
    Optional<RowPlace> clientPlace = Optional.empty();
    if (begun.clientRow().isPresent()) {
      Row row = locked.row(begun.clientRow().get());
      FailureWindow window = row.client(limits.client());
      if (window.isFull(row.now())) {
        return throttled(begun.from(), window, row.now());
      }
      clientPlace = Optional.of(new RowPlace(row.generation(), window.begin(row.now())));
      row.keep(window);
    }
    Row row = locked.row(begun.accountRow());
    AccountState state = row.account(limits);
    Place place = state.begin(begun.from(), row.now());
    if (place.isReserved()) {
      row.keep(state);
    }
    return new CountedAttempt(this, begun, clientPlace, row.generation(), place);
  }

  private LoginAttempt throttled(Client client, FailureWindow window, long now) {
    long millis = Math.max(1, window.millisUntilRoom(now));
    if (window.failures(now) >= limits.client().failures()) {
      throttles.add(client, millis);
    }
    return new ThrottledAttempt(Duration.ofMillis(millis));
  }

  /** Tells how an attempt has ended. */
  void end(CountedAttempt attempt, End end) {
    Begun begun = attempt.begun();
    boolean touchesAccount = end == End.FAILED || attempt.place().isReserved();
    List<RowKey> rows = rows(begun, touchesAccount);
    if (rows.isEmpty()) {
      return;
    }
    Ended ended = end == End.FAILED
        ? table.change(rows, begun.account(), locked -> end(attempt, end, locked))
        : table.changeKnown(rows, locked -> end(attempt, end, locked));
    if (ended.locks) {
      reports.locked(begun.account(), begun.client());
    }
    sweep.consider(ended.clock);
  }

  /**
   * What has become of an attempt.
   *
   * @param locks whether it has locked the account
   * @param clock the database's time
   */
  private record Ended(boolean locks, long clock) {}

  private Ended end(CountedAttempt attempt, End end, Rows locked) {
    attempt
        .clientPlace()
        .ifPresent(place -> locked
            .find(attempt.begun().clientRow().orElseThrow())
            .filter(row -> row.generation() == place.generation())
            .ifPresent(row -> {
              FailureWindow window = row.client(limits.client());
              window.end(place.slice(), end == End.FAILED);
              row.keep(window);
            }));
    boolean locks = locked
        .find(attempt.begun().accountRow())
        .filter(
            row -> row.generation() == attempt.generation() || !attempt.place().isReserved())
        .map(row -> endAtAccount(attempt, end, row))
        .orElse(false);
    return new Ended(locks, locked.clock());
  }

  private boolean endAtAccount(CountedAttempt attempt, End end, Row row) {
    AccountState state = row.account(limits);
    Begun begun = attempt.begun();
    boolean locks = false;
    switch (end) {
      case SUCCEEDED ->
        state.succeeded(attempt.place(), begun.from(), begun.account().store() == null, row.now());
      case FAILED -> locks = state.failed(attempt.place(), begun.from(), row.now());
      case ABANDONED -> state.abandoned(attempt.place(), begun.from());
    }
    row.keep(state);
    return locks;
  }

  @Override
  public boolean isLocked(Account account) {
    RowKey key = keys.account(account);
    return table
        .find(List.of(key))
        .find(key)
        .map(row -> row.account(limits).isLocked(row.now()))
        .orElse(false);
  }

  @Override
  public boolean isSettled(Account account, String client) {
    Client from = keys.client(client);
    if (throttles.millisLeft(from).isPresent()) {
      return false;
    }
    RowKey accountRow = keys.account(account);
    List<RowKey> wanted = new ArrayList<>(List.of(accountRow));
    clientRow(from).ifPresent(wanted::add);
    Rows found = table.find(wanted);
    boolean throttled = clientRow(from)
        .flatMap(found::find)
        .map(row -> row.client(limits.client()).isFull(row.now()))
        .orElse(false);
    return !throttled
        && found
            .find(accountRow)
            .map(row -> row.account(limits).isSettled(from, account.store() == null, row.now()))
            .orElse(false);
  }

  @Override
  public boolean unlock(Account account) {
    RowKey key = keys.account(account);
    return table.changeKnown(
        List.of(key), locked -> locked.find(key).map(this::unlock).orElse(false));
  }

  private boolean unlock(Row row) {
    AccountState state = row.account(limits);
    boolean was = state.unlock(row.now());
    row.keep(state);
    return was;
  }
}
