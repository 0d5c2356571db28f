package io.sallyport.userstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.api.Profile;
import io.sallyport.core.internal.config.ConfigurationDocument;
import io.sallyport.core.internal.config.DocumentSettings;
import io.sallyport.core.internal.config.Problems;
import io.sallyport.core.internal.config.ReadOptions;
import io.sallyport.spi.ConfigurationFiles;
import io.sallyport.spi.Database;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.NamedDatabase;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.Userstore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.sql.DataSource;

/** Makes userstores as an application does: of the properties of an entry, on a database. */
public final class UserHost implements ProviderContext {

  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final TestDatabase database;
  private final List<NamedDatabase> databases;

  private UserHost(TestDatabase database, DataSource source) {
    this(database, List.of(new NamedDatabase("main", (Database) () -> source)));
  }

  private UserHost(TestDatabase database, List<NamedDatabase> databases) {
    this.database = database;
    this.databases = databases;
  }

  /** With databases by these names, which are all the same one. */
  static UserHost withNames(TestDatabase database, String... names) {
    return new UserHost(
        database,
        Arrays.stream(names)
            .map(name -> new NamedDatabase(name, (Database) database::source))
            .toList());
  }

  public static UserHost on(TestDatabase database) {
    return new UserHost(database, database.source());
  }

  public static UserHost on(TestDatabase database, WatchedSource watched) {
    return new UserHost(database, watched.source());
  }

  public TestDatabase database() {
    return database;
  }

  /** The store with these properties. */
  public Userstore store(String... properties) {
    return store(settings -> new JdbcUserstoreFactory().create(settings, this), properties);
  }

  /** What is made of these properties. */
  public <T> T store(Function<Settings, T> factory, String... properties) {
    Problems problems = new Problems();
    Path file = write(properties.length == 0 ? "{}" : String.join("\n", properties));
    try {
      DocumentSettings settings =
          ConfigurationDocument.read(file, ReadOptions.configuration(), problems);
      T store = factory.apply(settings);
      settings.reportUnknownKeys();
      if (!problems.isEmpty()) {
        throw new InvalidSettingsException(problems.render("the application was not started"));
      }
      return store;
    } catch (InvalidSettingsException e) {
      // as the core does, for which a part that breaks off may have been given stand-ins
      throw problems.isEmpty()
          ? e
          : new InvalidSettingsException(problems.render("the application was not started"));
    } finally {
      delete(file);
    }
  }

  /** Why there is no store with these properties. */
  public String refusal(String... properties) {
    var refusal = catchThrowableOfType(InvalidSettingsException.class, () -> store(properties));
    assertThat(refusal).as("refusal of %s", List.of(properties)).isNotNull();
    return refusal.getMessage();
  }

  /** Waits until something is so, at most for a time that no sane machine needs. */
  public static void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static Path write(String content) {
    try {
      return Files.writeString(Files.createTempFile("properties", ".yaml"), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<NamedDatabase> databases() {
    return databases;
  }

  @Override
  public String name() {
    return "main";
  }

  @Override
  public Profile profile() {
    return Profile.STANDARD;
  }

  @Override
  public InstantSource clock() {
    return InstantSource.system();
  }

  @Override
  public List<NamedUserstore> userstores() {
    return List.of();
  }

  @Override
  public Optional<TokenStore> tokenStore() {
    return Optional.empty();
  }

  @Override
  public LoginAttempts loginAttempts() {
    throw new AssertionError("a userstore counts no failures");
  }

  @Override
  public ConfigurationFiles files() {
    throw new AssertionError("users of a database are in no file");
  }
}
