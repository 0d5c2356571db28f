package io.sallyport.userstore.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sallyport.api.Profile;
import io.sallyport.core.internal.config.ConfigurationDocument;
import io.sallyport.core.internal.config.DocumentSettings;
import io.sallyport.core.internal.config.FollowedFiles;
import io.sallyport.core.internal.config.Problems;
import io.sallyport.core.internal.config.ReadOptions;
import io.sallyport.spi.ConfigurationFiles;
import io.sallyport.spi.InvalidSettingsException;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.NamedUserstore;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.TokenStore;
import io.sallyport.spi.Userstore;
import io.sallyport.spi.UserstoreFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Makes stores as an application does: with the core's reader, from real files in a folder of its own. */
final class TestHost implements BeforeEachCallback, AfterEachCallback, ProviderContext {

  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private Path folder = Path.of("");
  private FollowedFiles files = new FollowedFiles();

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("users");
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    files.close();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  Path folder() {
    return folder;
  }

  Path write(String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A store of the users in a YAML file. */
  Userstore storeOf(String users, String... properties) {
    write("users.yaml", users);
    return store("path: users.yaml\n" + String.join("\n", properties));
  }

  /** The store with these properties. */
  Userstore store(String properties) {
    Problems problems = new Problems();
    DocumentSettings settings = ConfigurationDocument.read(
        write("properties.yaml", properties), ReadOptions.configuration(), problems);
    Userstore store = factory().create(settings, this);
    settings.reportUnknownKeys();
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems.render("the application was not started"));
    }
    return store;
  }

  /** Why there is no store of these users. */
  String refusalOf(String users, String... properties) {
    write("users.yaml", users);
    return refusalOfSettings("path: users.yaml\n" + String.join("\n", properties));
  }

  /** Why there is no store with these properties. */
  String refusalOfSettings(String properties) {
    var refusal = catchThrowableOfType(InvalidSettingsException.class, () -> store(properties));
    assertThat(refusal).as("refusal of: " + properties).isNotNull();
    return refusal.getMessage();
  }

  /** Waits until something is so, at most for a time that no sane machine needs. */
  void await(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DEADLINE);
      LockSupport.parkNanos(5_000_000);
    }
  }

  /** Waits until a file is broken, and tells why it is. */
  String awaitBrokenFile() {
    await(() -> !files.brokenFiles().isEmpty());
    return files.brokenFiles().toString();
  }

  private static UserstoreFactory factory() {
    return ServiceLoader.load(UserstoreFactory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(factory -> factory.name().equals("file"))
        .findFirst()
        .orElseThrow();
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
    throw new UnsupportedOperationException("a userstore keeps no tokens");
  }

  @Override
  public LoginAttempts loginAttempts() {
    throw new AssertionError("a userstore counts no failures");
  }

  @Override
  public ConfigurationFiles files() {
    return files;
  }
}
