package io.sallyport.spi;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.Profile;
import java.time.Duration;

/**
 * How many failed logins are too many, for whatever counts them: read from the properties of its entry, so that
 * all counters are configured with the same words and mean the same by them.
 *
 * @param account the failures of an account, and for how long it is locked from the one that is too many
 * @param client the failures that come from one client, and within what time
 * @param familiarFor for how long a client that has signed in to an account has a counter of its own there
 * @since 0.1
 */
public record LoginLimits(Limit account, Limit client, Duration familiarFor) {

  /** The property for the failures of an account, in the spelling of the Cloudify Manager. */
  public static final String ACCOUNT_FAILURES = "failed_logins_before_account_lock";

  /** The property for the time for which an account is locked, in the same spelling. */
  public static final String ACCOUNT_LOCK = "account_lock_period";

  /**
   * A familiar client's success is told anew after this part of {@link #familiarFor}: for a day of thirty, so that
   * credentials that come with each request need not change a counter each time.
   */
  public static final int FAMILIAR_PARTS = 30;

  private static final String CLIENT_FAILURES = "client_failures";
  private static final String CLIENT_WINDOW = "client_window";

  /** What is written to switch something off. */
  private static final int OFF = -1;

  private static final int UNLIMITED = Integer.MAX_VALUE;
  private static final int DEFAULT_ACCOUNT_FAILURES = 5;
  private static final int MOST_ACCOUNT_FAILURES = 1_000;
  private static final int DEFAULT_CLIENT_FAILURES = 300;
  private static final int MOST_CLIENT_FAILURES = 1_000_000;
  private static final Duration DEFAULT_TIME = Duration.ofMinutes(15);
  private static final Duration DEFAULT_FAMILIAR = Duration.ofDays(30);
  private static final Duration LEAST_TIME = Duration.ofSeconds(1);
  private static final Duration MOST_TIME = Duration.ofDays(365);

  /**
   * Limits.
   *
   * @param account of an account
   * @param client of a client
   * @param familiarFor how long a client stays familiar, zero for no time
   */
  public LoginLimits {
    requireNonNull(account, "account");
    requireNonNull(client, "client");
    if (familiarFor.isNegative()) {
      throw new IllegalArgumentException("familiarFor must not be negative, got " + familiarFor);
    }
  }

  /**
   * How many failures within what time.
   *
   * @param failures the failure that is one too many, from 1 on; {@link Integer#MAX_VALUE} for no limit
   * @param time how long a failure counts, and how long what follows lasts; at least one millisecond
   */
  public record Limit(int failures, Duration time) {

    /**
     * A limit.
     *
     * @param failures the failure that is one too many
     * @param time how long one counts
     */
    public Limit {
      if (failures < 1 || time.toMillis() < 1) {
        throw new IllegalArgumentException(
            "a limit must be at least 1 failure in 1 ms, got " + failures + " in " + time);
      }
    }

    /**
     * Whether no number of failures is too many.
     *
     * @return whether there is no limit
     */
    public boolean isUnlimited() {
      return failures == UNLIMITED;
    }
  }

  /**
   * Reads {@code failed_logins_before_account_lock}, {@code account_lock_period}, {@code client_failures}, {@code
   * client_window} and {@code familiar_for}, all of which may be left out.
   *
   * @param settings the properties of an entry of {@code login_attempts}
   * @param profile the application's; in the Cloudify Manager's, the number of failures is that which is still
   *     forgiven
   * @return the limits
   */
  public static LoginLimits read(Settings settings, Profile profile) {
    return new LoginLimits(
        account(settings, profile.isCloudify()),
        client(settings),
        settings.duration("familiar_for", DEFAULT_FAMILIAR, Duration.ZERO, MOST_TIME));
  }

  /**
   * Reads the first two of the properties only, and has the others at their defaults.
   *
   * @param settings where the two stand
   * @param profile the application's
   * @return the limits
   */
  public static LoginLimits readAccount(Settings settings, Profile profile) {
    return new LoginLimits(
        account(settings, profile.isCloudify()),
        new Limit(DEFAULT_CLIENT_FAILURES, DEFAULT_TIME),
        DEFAULT_FAMILIAR);
  }

  /** The number is the failure that locks; in the Cloudify Manager, as many are still forgiven. */
  private static Limit account(Settings settings, boolean isCloudify) {
    int forgiven = isCloudify ? 1 : 0;
    int failures = orUnlimited(
        settings,
        ACCOUNT_FAILURES,
        DEFAULT_ACCOUNT_FAILURES - forgiven,
        1 - forgiven,
        MOST_ACCOUNT_FAILURES);
    Duration period = lockPeriod(settings);
    return period.isNegative() || failures == UNLIMITED
        ? new Limit(UNLIMITED, DEFAULT_TIME)
        : new Limit(failures + forgiven, period);
  }

  private static Limit client(Settings settings) {
    return new Limit(
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
