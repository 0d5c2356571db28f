package io.sallyport.userstore.jdbc.internal.connection;

import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.NamedDatabase;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.UnavailableException;
import io.sallyport.userstore.jdbc.internal.database.JdbcDatabase;
import io.sallyport.userstore.jdbc.internal.schema.Schema;
import io.sallyport.userstore.jdbc.internal.schema.SchemaPart;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Finds the database that a part of the configuration uses. */
public final class SharedDatabase {

  private static final Duration LEAST_TIMEOUT = Duration.ofMillis(100);
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(2);

  private SharedDatabase() {}

  /**
   * The database that {@code database} names, or else the only one, with tables of our own in it.
   *
   * @throws InvalidSettingsException if there is none, if it cannot be reached, or its tables are not there
   */
  public static JdbcDatabase open(Settings settings, ProviderContext context, SchemaPart part) {
    boolean create = settings.flag("create_schema", false);
    JdbcDatabase database = open(settings, context);
    return reachable(() -> {
      Schema.require(database, part, create);
      return database;
    });
  }

  /**
   * The database that {@code database} names, or else the only one.
   *
   * @throws InvalidSettingsException if there is none, or it cannot be reached
   */
  public static JdbcDatabase open(Settings settings, ProviderContext context) {
    Duration timeout =
        settings.duration("statement_timeout", USUAL_TIMEOUT, LEAST_TIMEOUT, Duration.ofMinutes(1));
    NamedDatabase database = find(settings, context);
    HostPool.check(database.name(), database.database().dataSource());
    return reachable(() -> JdbcDatabase.open(database, timeout));
  }

  private static JdbcDatabase reachable(Supplier<JdbcDatabase> opening) {
    try {
      return opening.get();
    } catch (UnavailableException e) {
      throw new InvalidSettingsException(
          e.getMessage() + "; it must be there when the application starts");
    }
  }

  private static NamedDatabase find(Settings settings, ProviderContext context) {
    List<NamedDatabase> databases = context.databases();
    List<String> names = databases.stream().map(NamedDatabase::name).toList();
    if (!settings.has("database") && databases.size() == 1) {
      return databases.get(0);
    }
    if (databases.isEmpty()) {
      throw new InvalidSettingsException(
          "there is no database; configure database: {implementation: jdbc, properties: {jdbc_url: …}},"
              + " or call database(…)");
    }
    if (!settings.has("database")) {
      throw new InvalidSettingsException(
          "there are several databases; write which one is meant, database: " + names.get(0)
              + ", for one; defined: " + String.join(", ", names));
    }
    String name = settings.text("database");
    return databases.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new InvalidSettingsException("database: no database is called \"" + name
            + "\"; defined: " + String.join(", ", names)));
  }
}
