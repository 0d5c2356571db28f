package io.sallyport.core.internal.attempts;

import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.LoginAttemptsFactory;
import io.sallyport.spi.LoginLimits;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;

/** Makes the counters {@code memory}. */
public final class InMemoryLoginAttemptsFactory implements LoginAttemptsFactory {

  private static final int DEFAULT_TRACKED = 100_000;
  private static final int LEAST_TRACKED = 1_000;
  private static final int MOST_TRACKED = 10_000_000;

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
    boolean failures = root.has(LoginLimits.ACCOUNT_FAILURES);
    return root.has(LoginLimits.ACCOUNT_LOCK) || failures;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public LoginAttempts create(Settings settings, ProviderContext context) {
    AttemptLimits limits = onlyAccounts
        ? AttemptLimits.of(LoginLimits.readAccount(settings, context.profile()), DEFAULT_TRACKED)
        : AttemptLimits.of(LoginLimits.read(settings, context.profile()), (int)
            settings.integer("max_tracked", DEFAULT_TRACKED, LEAST_TRACKED, MOST_TRACKED));
    return new InMemoryLoginAttempts(limits, SteadyTime.of(context.clock(), System::nanoTime));
  }
}
