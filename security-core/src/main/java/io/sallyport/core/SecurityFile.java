package io.sallyport.core;

import io.sallyport.api.Profile;
import io.sallyport.api.User;
import io.sallyport.core.internal.attempts.InMemoryLoginAttemptsFactory;
import io.sallyport.core.internal.audit.AuditKeys;
import io.sallyport.core.internal.audit.FileAuditSinkFactory;
import io.sallyport.core.internal.audit.LogAuditSink;
import io.sallyport.core.internal.config.ConfigurationDocument;
import io.sallyport.core.internal.config.DocumentSettings;
import io.sallyport.core.internal.config.NearestName;
import io.sallyport.core.internal.config.PartFactories;
import io.sallyport.core.internal.config.Problems;
import io.sallyport.core.internal.config.ReadOptions;
import io.sallyport.spi.AuditSink;
import io.sallyport.spi.AuditSinkFactory;
import io.sallyport.spi.AuthenticationProviderFactory;
import io.sallyport.spi.AuthorizationProviderFactory;
import io.sallyport.spi.DatabaseFactory;
import io.sallyport.spi.LoginAttemptsFactory;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.TokenStoreFactory;
import io.sallyport.spi.Userstore;
import io.sallyport.spi.UserstoreFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code security.yaml} into a builder. Every problem is noted and reading goes on, so that all of
 * them are reported at once; nothing is started while there is one.
 */
final class SecurityFile {

  private static final Logger LOG = LoggerFactory.getLogger(SecurityFile.class);
  private static final String HEAD = "the application was not started";
  private static final int VERSION = 1;
  private static final String ONLY_ONE = "main";

  private final Problems problems = new Problems();
  private final SallyportBuilder builder = new SallyportBuilder();
  private final DocumentSettings root;
  private final PartMaker parts;

  SecurityFile(Path file) {
    this.root = ConfigurationDocument.read(file, ReadOptions.configuration(), problems);
    this.parts = new PartMaker(
        new PartFactories(SecurityFile.class.getClassLoader()), builder.parts.files(), problems);
  }

  Sallyport open() {
    try {
      read();
    } catch (RuntimeException | Error e) {
      builder.parts.close();
      throw e;
    }
    if (!problems.isEmpty()) {
      builder.parts.close();
      throw new InvalidConfigurationException(problems.render(HEAD));
    }
    return builder.build();
  }

  private void read() {
    if (!problems.isEmpty()) {
      // the document could not be read at all, and whatever else is missing follows from that
      return;
    }
    if (!root.has("version")) {
      root.reject("expected version: " + VERSION + " at the top of the file");
    }
    root.integer("version", VERSION, VERSION, VERSION);
    Profile profile = root.choice("profile", Profile.class, Profile.STANDARD);
    builder.profile(profile);
    readAudit();
    if (!root.flag("enabled", true)) {
      LOG.warn("SECURITY IS SWITCHED OFF by enabled: false; every request passes, nobody is asked");
      builder.disable();
      return;
    }
    readGeneral();
    readDatabases();
    readLoginAttempts(profile);
    readTokenStore();
    readUserstores();
    readProviders(profile);
    new InternalReader(root, builder).read();
    new TokensReader(root, parts, builder, profile).read();
    readAuthorization();
    new RulesReader(root, builder).read();
    new TransportReader(root, builder).read();
    root.optionalSection("cors")
        .flatMap(cors -> new CorsReader(cors).read())
        .ifPresent(builder::cors);
    new TlsReader(root, builder).read();
    if (problems.isEmpty()) {
      builder.problems().forEach(root::reject);
    }
    root.reportUnknownKeys();
  }

  private void readGeneral() {
    builder.requestTimeout(root.duration(
        "request_timeout", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(5)));
    List<String> parameters = root.texts("path_parameters");
    Checked.value(
        root, "path_parameters", () -> builder.pathParameters(parameters.toArray(String[]::new)));
    List<String> targets = root.texts("permitted_targets");
    Checked.value(
        root, "permitted_targets", () -> builder.permitTargets(targets.toArray(String[]::new)));
    root.optionalSection("tenants")
        .ifPresent(tenants -> builder.tenantHeader(tenants.text("header", "Tenant")));
  }

  /** Before whatever may use one. */
  private void readDatabases() {
    if (root.has("database") && root.has("databases")) {
      root.reject("databases", "expected either database or databases, not both");
    }
    if (root.has("database")) {
      readDatabase(root.section("database"), ONLY_ONE);
    }
    for (Settings entry : root.sections("databases")) {
      readDatabase(entry, entry.text("name"));
    }
  }

  private void readDatabase(Settings entry, String name) {
    parts
        .make(DatabaseFactory.class, entry, builder.contextOf(name, List.of()))
        .ifPresent(made -> Checked.value(entry, "name", () -> builder.database(name, made)));
  }

  /** Before whatever may ask for the counters. */
  private void readLoginAttempts(Profile profile) {
    builder.lockAppliesTo(
        root.choice("lock_applies_to", LockScope.class, SallyportBuilder.usualLockScope(profile)));
    ProviderContext context = builder.contextOfAttempts();
    if (root.has("login_attempts")) {
      Settings entry = root.section("login_attempts");
      PartOptions options = limits(entry);
      parts
          .make(LoginAttemptsFactory.class, entry, context)
          .ifPresent(made -> builder.loginAttempts(made, options));
    } else if (InMemoryLoginAttemptsFactory.isSpokenAtTheTop(root)) {
      parts
          .make(InMemoryLoginAttemptsFactory.ofKeysAtTheTop(), root, context)
          .ifPresent(made -> builder.loginAttempts(made, PartOptions.defaults()));
    }
  }

  /** Before whatever may ask for the store. */
  private void readTokenStore() {
    if (root.has("token_store")) {
      Settings entry = root.section("token_store");
      PartOptions options = limits(entry);
      parts
          .make(TokenStoreFactory.class, entry, builder.contextOfTokenStore())
          .ifPresent(made -> builder.tokenStore(made, options));
    }
  }

  private void readUserstores() {
    if (root.has("userstore") && root.has("userstores")) {
      root.reject("userstores", "expected either userstore or userstores, not both");
    }
    if (root.has("userstore")) {
      readUserstore(root.section("userstore"), ONLY_ONE);
    }
    for (Settings entry : root.sections("userstores")) {
      readUserstore(entry, entry.text("name"));
    }
  }

  private void readUserstore(Settings entry, String name) {
    PartOptions options = limits(entry);
    // a store that is there and broken has problems of its own; it is not missing as well
    Userstore store = parts
        .make(UserstoreFactory.class, entry, builder.contextOf(name, List.of()))
        .orElseGet(StandInUserstore::new);
    Checked.value(entry, "name", () -> builder.userstore(name, store, options));
  }

  private void readProviders(Profile profile) {
    for (Settings entry : root.sections("authentication_providers")) {
      String name = entry.text("name");
      PartOptions options = providerOptions(entry, profile);
      List<String> stores = entry.texts("userstores");
      if (entry.has("userstores") && stores.isEmpty()) {
        entry.reject(
            "userstores", "expected at least one userstore; leave the key out to mean all of them");
      }
      for (String store : stores) {
        if (!builder.userstoreNames().contains(store)) {
          entry.reject("userstores", unknownStore(store));
        }
      }
      parts
          .make(
              AuthenticationProviderFactory.class, entry, builder.contextOf(name, options, stores))
          .ifPresent(
              made -> Checked.value(entry, "name", () -> builder.provider(name, made, options)));
    }
  }

  private String unknownStore(String store) {
    List<String> names = builder.userstoreNames();
    return "no userstore is called \"" + store + "\""
        + NearestName.of(store, names)
            .map(name -> "; did you mean \"" + name + "\"?")
            .orElse("")
        + "; defined: " + String.join(", ", names);
  }

  private static PartOptions providerOptions(Settings entry, Profile profile) {
    PartOptions options = limits(entry);
    Next onFailure = entry.choice(
        "on_failure", Next.class, profile == Profile.CLOUDIFY_4 ? Next.STOP : Next.NEXT);
    if (onFailure == Next.STOP) {
      options = options.stopOnFailure();
    }
    if (entry.choice("on_unavailable", Next.class, Next.STOP) == Next.NEXT) {
      options = options.nextOnUnavailable();
    }
    options =
        options.withConnectors(entry.choice("connectors", Connectors.class, Connectors.PUBLIC));
    return entry.choice("users", Users.class, Users.STORED) == Users.EXTERNAL
        ? options.withExternalUsers()
        : options;
  }

  private static PartOptions limits(Settings entry) {
    PartOptions options = PartOptions.defaults().withMaxConcurrent((int)
        entry.integer("max_concurrent", 128, 1, PartOptions.MAX_CONCURRENT));
    return entry.has("timeout")
        ? options.withTimeout(entry.duration(
            "timeout", PartOptions.MAX_TIMEOUT, PartOptions.MIN_TIMEOUT, PartOptions.MAX_TIMEOUT))
        : options;
  }

  private void readAuthorization() {
    if (!root.has("authorization")) {
      return;
    }
    if (root.isText("authorization")) {
      if (root.text("authorization").equals("none")) {
        builder.withoutAuthorization();
      } else {
        root.reject(
            "authorization", "expected none, or a section with implementation and properties");
      }
      return;
    }
    Settings entry = root.section("authorization");
    parts
        .make(
            AuthorizationProviderFactory.class,
            entry,
            builder.contextOf("authorization", List.of()))
        .ifPresent(builder::authorization);
  }

  /** Without a section of its own, the audit log goes where the application's log goes. */
  private void readAudit() {
    ProviderContext context = builder.contextOf("audit", List.of());
    Optional<AuditSink> sink;
    if (root.has("audit")) {
      Settings audit = root.section("audit");
      sink = audit.has("implementation")
          ? parts.make(AuditSinkFactory.class, audit, context)
          : parts.make(new FileAuditSinkFactory(), audit, context);
    } else if (root.has(AuditKeys.CLOUDIFY.file())) {
      sink = parts.make(new FileAuditSinkFactory(AuditKeys.CLOUDIFY), root, context);
    } else {
      sink = Optional.of(new LogAuditSink());
    }
    sink.ifPresent(builder::audit);
  }

  /** In the place of a userstore that could not be made; nothing is started with it. */
  private static final class StandInUserstore implements Userstore {

    @Override
    public Optional<User> findUser(String username) {
      return Optional.empty();
    }

    @Override
    public Optional<User> findUserById(String id) {
      return Optional.empty();
    }
  }

  /** What follows an answer. */
  private enum Next {
    NEXT,
    STOP
  }

  /** Where the users of a provider are. */
  private enum Users {
    STORED,
    EXTERNAL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
