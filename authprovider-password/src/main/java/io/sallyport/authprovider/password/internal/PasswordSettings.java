package io.sallyport.authprovider.password.internal;

import io.sallyport.api.Challenge;
import io.sallyport.authprovider.password.internal.hash.Argon2Parameters;
import io.sallyport.authprovider.password.internal.hash.Argon2Scheme;
import io.sallyport.authprovider.password.internal.hash.PasswordSchemes;
import io.sallyport.authprovider.password.internal.hash.SchemeOptions;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the provider out of its properties. Each is read once, in one of the methods here. */
public final class PasswordSettings {

  private static final int MAX_REALM_LENGTH = 128;

  private static final int USUAL_ENTRIES = 10_000;
  private static final int MAX_ENTRIES = 1_000_000;
  private static final Duration USUAL_AGE = Duration.ofMinutes(5);
  private static final Duration MAX_AGE = Duration.ofHours(1);

  private final Settings settings;
  private final ProviderContext context;

  /**
   * Properties of an entry.
   *
   * @param settings the properties
   * @param context the application
   */
  public PasswordSettings(Settings settings, ProviderContext context) {
    this.settings = settings;
    this.context = context;
  }

  /**
   * What is remembered.
   *
   * @param entries how many right credentials, none if 0
   * @param maxAge how long
   */
  record Memory(int entries, Duration maxAge) {}

  /**
   * Makes the provider. If the settings hold problems, they are noted there and nobody will use it.
   *
   * @return the provider
   * @throws io.sallyport.spi.InvalidSettingsException if Argon2 cannot be loaded or computes wrongly
   */
  public AuthenticationProvider provider() {
    List<Challenge> challenges = challenges();
    Argon2Parameters cost =
        settings.optionalSection("argon2").map(this::cost).orElse(Argon2Parameters.DEFAULT);
    SchemeOptions options = SchemeOptions.read(settings);
    HashingSettings hashing =
        HashingSettings.read(settings, Math.max(options.limits().memoryKib(), cost.memoryKib()));
    Memory memory = memory();
    Pepper pepper = PepperReader.read(settings);
    boolean upgrade = settings.flag("upgrade", true);
    requireUserstore();

    PasswordSchemes schemes =
        PasswordSchemes.of(Argon2Scheme.load(options.argon2()), cost, options);
    return assemble(
        context, challenges, new PepperedSchemes(schemes, pepper), hashing, memory, upgrade);
  }

  /** Puts the parts together, each of which is made once. */
  static PasswordAuthentication assemble(
      ProviderContext context,
      List<Challenge> challenges,
      PepperedSchemes schemes,
      HashingSettings hashing,
      Memory memory,
      boolean upgrade) {
    Moments moments = Moments.by(context.clock());
    FailureTime times = new FailureTime(schemes.currentCost(), hashing.minPad(), hashing.maxPad());
    PasswordComputation computation = new PasswordComputation(
        schemes, new HashingPool(context.name(), hashing.limits(), times), times, moments.ticker());
    CredentialKeys keys = new CredentialKeys();
    VerifiedCredentials verified = new VerifiedCredentials(memory.entries, memory.maxAge, moments);
    HashUpgrades upgrades = new HashUpgrades(
        upgrade, context.name(), computation, keys, verified, new StorePatience(moments.ticker()));
    PasswordCheck check =
        new PasswordCheck(context.loginAttempts(), keys, verified, computation, upgrades, moments);
    return new PasswordAuthentication(context, challenges, check);
  }

  private List<Challenge> challenges() {
    String realm = settings.text("realm", "Sallyport");
    if (realm.isEmpty()
        || realm.length() > MAX_REALM_LENGTH
        || !realm.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      settings.reject("realm", "expected 1 to " + MAX_REALM_LENGTH + " printable ASCII characters");
    }
    if (!settings.flag("challenge", true)) {
      return List.of();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("realm", realm);
    parameters.put("charset", "UTF-8");
    return List.of(new Challenge.Header("Basic", parameters));
  }

  /** Refuses what is weaker than the weakest that OWASP recommends: 7 MiB with 5 iterations. */
  private Argon2Parameters cost(Settings argon2) {
    Argon2Parameters usual = Argon2Parameters.DEFAULT;
    int memory = (int) argon2.integer("memory_kib", usual.memoryKib(), 7168, 1024 * 1024);
    int iterations = (int) argon2.integer("iterations", usual.iterations(), 1, 100);
    int parallelism = (int) argon2.integer("parallelism", usual.parallelism(), 1, 64);
    if ((long) memory * iterations < 7168L * 5) {
      argon2.reject(
          "iterations",
          "expected memory_kib times iterations to be at least 35840, such as 19456 and 2");
      return usual;
    }
    return Argon2Parameters.argon2id(memory, iterations, parallelism);
  }

  private Memory memory() {
    if (settings.isText("cache")) {
      if (!settings.text("cache").equals("off")) {
        settings.reject("cache", "expected off, or a section with entries and max_age");
      }
      return new Memory(0, USUAL_AGE);
    }
    Optional<Settings> cache = settings.optionalSection("cache");
    return new Memory(
        integer(cache, "entries", USUAL_ENTRIES, 1, MAX_ENTRIES),
        cache
            .map(section -> section.duration("max_age", USUAL_AGE, Duration.ofSeconds(1), MAX_AGE))
            .orElse(USUAL_AGE));
  }

  private void requireUserstore() {
    if (context.userstores().isEmpty()) {
      settings.reject("there is no userstore whose users could sign in with a password; add"
          + " \"userstore:\" or \"userstores:\", or remove this provider");
    }
  }

  private static int integer(
      Optional<Settings> section, String key, int fallback, int min, int max) {
    return section.map(s -> (int) s.integer(key, fallback, min, max)).orElse(fallback);
  }
}
