package io.sallyport.authprovider.password;

import io.sallyport.api.Challenge;
import io.sallyport.authprovider.password.internal.PasswordAuthentication;
import io.sallyport.authprovider.password.internal.StoredPasswords;
import io.sallyport.authprovider.password.internal.hash.Argon2Parameters;
import io.sallyport.authprovider.password.internal.hash.Argon2Scheme;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.AuthenticationProviderFactory;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the provider {@code password}: HTTP Basic (RFC 7617) against the userstores of its entry, in
 * their order; the first that knows the user decides.
 *
 * <p>Its properties, all optional:
 *
 * <ul>
 *   <li>{@code realm}: what browsers show, {@code Sallyport} by default
 *   <li>{@code challenge}: {@code false} sends no {@code WWW-Authenticate}, so that browsers open no
 *       dialog; {@code true} by default
 *   <li>{@code hashing.threads}: how many passwords are checked at once, as many as there are processors
 *       by default; each needs the memory of one hash
 *   <li>{@code hashing.queue}: how many more may wait, eight for each thread by default; whoever finds no
 *       room is told to come back (503)
 *   <li>{@code argon2.memory_kib}, {@code argon2.iterations}, {@code argon2.parallelism}: the cost of
 *       new hashes, and of what unknown users cost; 19456, 2 and 1 by default. Stored hashes are checked
 *       at the cost that they name. Keep both equal, so that unknown users cannot be told by the time.
 * </ul>
 *
 * <p><b>Security.</b> Passwords are at most 4,096 bytes of UTF-8 without control characters. A stored
 * hash in no known form matches no password. Unknown users, inactive ones and those without a password
 * cost as much as a wrong password.
 *
 * @since 0.1
 */
public final class PasswordAuthenticationFactory implements AuthenticationProviderFactory {

  private static final int MAX_REALM_LENGTH = 128;

  /** Makes a factory, as the service loader does. */
  public PasswordAuthenticationFactory() {}

  @Override
  public String name() {
    return "password";
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.sallyport.spi.InvalidSettingsException if Argon2 cannot be loaded or computes wrongly
   */
  @Override
  public AuthenticationProvider create(Settings settings, ProviderContext context) {
    List<Challenge> challenges = challenges(settings);
    Argon2Parameters cost = settings
        .optionalSection("argon2")
        .map(PasswordAuthenticationFactory::cost)
        .orElse(Argon2Parameters.DEFAULT);
    Optional<Settings> hashing = settings.optionalSection("hashing");
    int processors = Runtime.getRuntime().availableProcessors();
    int threads = integer(hashing, "threads", processors, 1, 256);
    int queue = integer(hashing, "queue", 8 * threads, 1, 100_000);
    if (context.userstores().isEmpty()) {
      settings.reject("there is no userstore whose users could sign in with a password; add"
          + " \"userstore:\" or \"userstores:\", or remove this provider");
    }
    return new PasswordAuthentication(
        context,
        challenges,
        StoredPasswords.of(Argon2Scheme.load(), cost, context.name(), threads, queue));
  }

  private static List<Challenge> challenges(Settings settings) {
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
  private static Argon2Parameters cost(Settings settings) {
    Argon2Parameters usual = Argon2Parameters.DEFAULT;
    int memory = (int) settings.integer("memory_kib", usual.memoryKib(), 7168, 1024 * 1024);
    int iterations = (int) settings.integer("iterations", usual.iterations(), 1, 100);
    int parallelism = (int) settings.integer("parallelism", usual.parallelism(), 1, 64);
    if ((long) memory * iterations < 7168L * 5) {
      settings.reject(
          "iterations",
          "expected memory_kib times iterations to be at least 35840, such as 19456 and 2");
      return usual;
    }
    return Argon2Parameters.argon2id(memory, iterations, parallelism);
  }

  private static int integer(
      Optional<Settings> section, String key, int fallback, int min, int max) {
    return section.map(s -> (int) s.integer(key, fallback, min, max)).orElse(fallback);
  }
}
