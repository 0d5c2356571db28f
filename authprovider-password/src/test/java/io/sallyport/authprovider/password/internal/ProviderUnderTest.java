package io.sallyport.authprovider.password.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.Profile;
import io.sallyport.authprovider.password.internal.hash.Argon2Backend;
import io.sallyport.authprovider.password.internal.hash.Argon2Parameters;
import io.sallyport.authprovider.password.internal.hash.Argon2Scheme;
import io.sallyport.authprovider.password.internal.hash.NativeArgon2;
import io.sallyport.authprovider.password.internal.hash.PasswordSchemes;
import io.sallyport.spi.NamedUserstore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The whole provider on two stores, with real hashes of little cost, its clocks and its counters at hand. */
final class ProviderUnderTest implements AutoCloseable {

  static final Argon2Parameters COST = Argon2Parameters.argon2id(64, 1, 1);
  static final Argon2Parameters WEAKER = Argon2Parameters.argon2id(32, 1, 1);
  static final Duration PAD = Duration.ofMillis(700);
  static final Duration CACHED = Duration.ofMinutes(5);

  final TestUserstore main = new TestUserstore();
  final TestUserstore second = new TestUserstore();
  final RecordedAttempts attempts = new RecordedAttempts();

  /** What was computed: the cost of each hash, in order. */
  final List<Argon2Parameters> computed = Collections.synchronizedList(new ArrayList<>());

  /** Both clocks, and the one for what must not jump. */
  final AtomicLong nanos = new AtomicLong();

  final AtomicLong millis = new AtomicLong(TestContext.NOW.toEpochMilli());

  final Moments moments =
      new Moments(nanos::get, () -> java.time.Instant.ofEpochMilli(millis.get()));
  final HashUpgrades upgrades;
  final VerifiedCredentials verified;
  final HashingPool pool;
  final FailureTime times;
  final PasswordAuthentication provider;

  /** With the usual options. */
  ProviderUnderTest() {
    this(new Options());
  }

  /** What a test may want otherwise. */
  static final class Options {
    private Argon2Backend backend = new NativeArgon2();
    private Profile profile = Profile.STANDARD;
    private int cacheEntries = 1000;
    private boolean upgrade = true;
    private Pepper pepper = Pepper.NONE;
    private HashingLimits limits = new HashingLimits(2, 400, 1024 * 1024);

    Options backend(Argon2Backend value) {
      backend = value;
      return this;
    }

    Options profile(Profile value) {
      profile = value;
      return this;
    }

    Options withoutCache() {
      cacheEntries = 0;
      return this;
    }

    Options withoutUpgrade() {
      upgrade = false;
      return this;
    }

    Options pepper(Pepper value) {
      pepper = value;
      return this;
    }

    Options limits(HashingLimits value) {
      limits = value;
      return this;
    }
  }

  ProviderUnderTest(Options options) {
    Argon2Backend counted = (parameters, password, salt, length) -> {
      computed.add(parameters);
      return options.backend.hash(parameters, password, salt, length);
    };
    TestContext context = new TestContext(
        options.profile,
        List.of(new NamedUserstore("main", main), new NamedUserstore("second", second)),
        attempts);
    PasswordSchemes schemes = PasswordSchemes.of(new Argon2Scheme(counted), COST);
    times = new FailureTime(schemes.currentCost(), PAD, PAD);
    pool = new HashingPool("test", options.limits, times, nanos::get);
    PasswordComputation computation = new PasswordComputation(
        new PepperedSchemes(schemes, options.pepper), pool, times, nanos::get);
    CredentialKeys keys = new CredentialKeys();
    verified = new VerifiedCredentials(options.cacheEntries, CACHED, moments);
    upgrades = new HashUpgrades(
        options.upgrade, "test", computation, keys, verified, new StorePatience(nanos::get));
    provider = new PasswordAuthentication(
        context,
        List.of(),
        new PasswordCheck(attempts, keys, verified, computation, upgrades, moments));
    computed.clear(); // without the decoy's own
  }

  /** A hash of the cost that new ones have. */
  static String hash(String password) {
    return Argon2Scheme.load().hash(COST, password.getBytes(UTF_8));
  }

  AuthenticationResult signIn(String name, String password) {
    return provider.authenticate(TestRequest.basic(name, password));
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    millis.addAndGet(time.toMillis());
  }

  @Override
  public void close() {
    provider.close();
  }
}
