package io.sallyport.core.internal.attempts;

import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.LoginAttemptsFactory;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import java.time.Duration;

/** Makes the counters {@code memory}. */
public final class InMemoryLoginAttemptsFactory implements LoginAttemptsFactory {

  /** The key of the failures of an account, in the spelling of the Cloudify Manager. */
  private static final String ACCOUNT_FAILURES = "failed_logins_before_account_lock";

  /** The key of the time for which an account is locked. */
  private static final String ACCOUNT_LOCK = "account_lock_period";

  private static final String CLIENT_FAILURES = "client_failures";
  private static final String CLIENT_WINDOW = "client_window";

  /** What is written to switch something off. */
  private static final int OFF = -1;

  private static final int UNLIMITED = Integer.MAX_VALUE;
  private static final int DEFAULT_ACCOUNT_FAILURES = 5;
  private static final int MOST_ACCOUNT_FAILURES = 1_000;
  private static final int DEFAULT_CLIENT_FAILURES = 300;
  private static final int MOST_CLIENT_FAILURES = 1_000_000;
  private static final int DEFAULT_TRACKED = 100_000;
  private static final int LEAST_TRACKED = 1_000;
  private static final int MOST_TRACKED = 10_000_000;
  private static final Duration DEFAULT_TIME = Duration.ofMinutes(15);
  private static final Duration DEFAULT_FAMILIAR = Duration.ofDays(30);
  private static final FailureLimit DEFAULT_CLIENT =
      FailureLimit.of(DEFAULT_CLIENT_FAILURES, DEFAULT_TIME);
  private static final Duration LEAST_TIME = Duration.ofSeconds(1);
  private static final Duration MOST_TIME = Duration.ofDays(365);

  private final boolean onlyAccounts;

  /** For {@link java.util.ServiceLoader}. */
  public InMemoryLoginAttemptsFactory() {
    this(false);
  }

  private InMemoryLoginAttemptsFactory(boolean onlyAccounts) {
    this.onlyAccounts = onlyAccounts;
  }

  /** Reads the keys that the Cloudify Manager has at the top of its file, and no others. */
  public static InMemoryLoginAttemptsFactory ofKeysAtTheTop() {
    return new InMemoryLoginAttemptsFactory(true);
  }

  /** Whether one of the keys is there that the Cloudify Manager has at the top of its file. */
  public static boolean isSpokenAtTheTop(Settings root) {
    boolean failures = root.has(ACCOUNT_FAILURES);
    return root.has(ACCOUNT_LOCK) || failures;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public LoginAttempts create(Settings settings, ProviderContext context) {
    FailureLimit account = account(settings, context.profile().isCloudify());
    AttemptLimits limits = onlyAccounts
        ? new AttemptLimits(account, DEFAULT_CLIENT, DEFAULT_FAMILIAR, DEFAULT_TRACKED)
        : new AttemptLimits(
            account,
            client(settings),
            settings.duration("familiar_for", DEFAULT_FAMILIAR, Duration.ZERO, MOST_TIME),
            (int) settings.integer("max_tracked", DEFAULT_TRACKED, LEAST_TRACKED, MOST_TRACKED));
    return new InMemoryLoginAttempts(limits, SteadyTime.of(context.clock(), System::nanoTime));
  }

  /** The number is the failure that locks; in the Cloudify Manager, as many are still forgiven. */
  private static FailureLimit account(Settings settings, boolean isCloudify) {
    int forgiven = isCloudify ? 1 : 0;
    int failures = orUnlimited(
        settings,
        ACCOUNT_FAILURES,
        DEFAULT_ACCOUNT_FAILURES - forgiven,
        1 - forgiven,
        MOST_ACCOUNT_FAILURES);
    Duration period = lockPeriod(settings);
    return period.isNegative() || failures == UNLIMITED
        ? FailureLimit.of(UNLIMITED, DEFAULT_TIME)
        : FailureLimit.of(failures + forgiven, period);
  }

  private static FailureLimit client(Settings settings) {
    return FailureLimit.of(
        orUnlimited(settings, CLIENT_FAILURES, DEFAULT_CLIENT_FAILURES, 1, MOST_CLIENT_FAILURES),
        settings.duration(CLIENT_WINDOW, DEFAULT_TIME, LEAST_TIME, MOST_TIME));
  }

  /** Minutes, as the Cloudify Manager has them, or a time span with its unit; negative to switch it off. */
  private static Duration lockPeriod(Settings settings) {
    boolean hasUnit =
        settings.text(ACCOUNT_LOCK, "").chars().anyMatch(c -> c != '-' && (c < '0' || c > '9'));
    if (hasUnit) {
      return settings.duration(ACCOUNT_LOCK, DEFAULT_TIME, LEAST_TIME, MOST_TIME);
    }
    int most = (int) MOST_TIME.toMinutes();
    int minutes = orUnlimited(settings, ACCOUNT_LOCK, (int) DEFAULT_TIME.toMinutes(), 1, most);
    return minutes == UNLIMITED ? Duration.ofMillis(-1) : Duration.ofMinutes(minutes);
  }

  private static int orUnlimited(Settings settings, String key, int fallback, int min, int max) {
    int number = (int) settings.integer(key, fallback, OFF, max);
    if (number != OFF && number < min) {
      settings.reject(key, "expected " + min + " to " + max + ", or " + OFF + " to switch it off");
    }
    return number < min ? UNLIMITED : number;
  }
}
