package io.sallyport.userstore.jdbc.internal.users;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.User;
import io.sallyport.spi.PasswordUpdates;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.UnavailableException;
import io.sallyport.spi.Userstore;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Users in tables, each asked for with one query. */
public final class JdbcUserstore implements Userstore {

  private final UserTable users;
  private final NameRule names;
  private final UserMemory memory;
  private final Optional<PasswordUpdates> updates;
  private final Optional<ChangePoll> poll;

  JdbcUserstore(
      UserTable users,
      NameRule names,
      UserMemory memory,
      Optional<PasswordUpdates> updates,
      Optional<ChangePoll> poll) {
    this.users = users;
    this.names = names;
    this.memory = memory;
    this.updates = updates;
    this.poll = poll;
  }

  /**
   * Makes a store of what its entry says.
   *
   * @throws io.sallyport.spi.InvalidSettingsException if its database, its tables or its queries are not there
   */
  public static JdbcUserstore open(Settings settings, ProviderContext context) {
    return open(settings, context, System::nanoTime);
  }

  static JdbcUserstore open(Settings settings, ProviderContext context, LongSupplier nanos) {
    NameRule names = settings.flag("case_insensitive", false) ? NameRule.FOLDED : NameRule.EXACT;
    Staleness staleness = Staleness.read(settings);
    CheckedQueries checked = CheckedQueries.read(settings, context, names);
    JdbcDatabase database = checked.database();
    UserMemory memory = new UserMemory(staleness, nanos);
    UserTable users = new UserTable(database, checked.queries(), names, checked.ids());
    Optional<PasswordUpdates> updates = checked
        .queries()
        .updatePassword()
        .map(update ->
            new HashReplacement(database, users, checked.ids(), checked.queries(), memory));
    Optional<ChangePoll> poll = checked
        .queries()
        .changes()
        .filter(query -> staleness.caches())
        .map(query -> ChangePoll.start(context.name(), () -> counter(database, query), memory));
    return new JdbcUserstore(users, names, memory, updates, poll);
  }

  private static Optional<String> counter(JdbcDatabase database, NamedSql query) {
    return database.call(connection -> {
      try (PreparedStatement statement = query.prepare(connection, Map.of());
          ResultSet rows = statement.executeQuery()) {
        return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
      }
    });
  }

  @Override
  public Optional<User> findUser(String username) {
    Optional<String> key = names.key(requireNonNull(username, "username"));
    if (key.isEmpty()) {
      return Optional.empty();
    }
    Optional<User> known = memory.byKey(key.get());
    return known.isPresent() ? known : askByName(username, key.get());
  }

  private Optional<User> askByName(String username, String key) {
    UserMemory.Before before = memory.before();
    Optional<User> found = users.user(users.byName(username, key));
    found.ifPresentOrElse(user -> memory.keep(before, key, user), () -> memory.gone(key));
    return found;
  }

  @Override
  public Optional<User> findUserById(String id) {
    if (!User.isValidName(requireNonNull(id, "id"))) {
      return Optional.empty();
    }
    Optional<User> known = memory.byId(id);
    return known.isPresent() ? known : askById(id);
  }

  private Optional<User> askById(String id) {
    UserMemory.Before before = memory.before();
    List<FoundUser> rows;
    try {
      rows = users.byId(id);
    } catch (UnavailableException e) {
      return Optional.of(memory.whileAway(id).orElseThrow(() -> e));
    }
    Optional<User> found = users.user(rows);
    found.ifPresentOrElse(
        user -> memory.keep(before, names.fold(user.name()), user), () -> memory.changed(id));
    return found;
  }

  @Override
  public Optional<PasswordUpdates> passwordUpdates() {
    return updates;
  }

  @Override
  public void close() {
    poll.ifPresent(ChangePoll::close);
  }
}
