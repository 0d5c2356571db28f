package io.sallyport.core;

import static java.util.Objects.requireNonNull;

import io.sallyport.core.internal.gate.CallLimits;
import io.sallyport.core.internal.gate.ProviderEntry;
import io.sallyport.core.internal.gate.ProviderEntry.Then;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says of one userstore or authentication provider beside its own properties.
 * Immutable; each method makes new options.
 *
 * @since 0.1
 */
public final class PartOptions {

  /** The least time-out permitted. */
  public static final Duration MIN_TIMEOUT = Duration.ofMillis(1);

  /** The greatest time-out permitted. */
  public static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

  /** The most concurrent calls permitted. */
  public static final int MAX_CONCURRENT = 10_000;

  private static final PartOptions DEFAULTS = new PartOptions(
      Then.NEXT, Then.STOP, false, null, CallLimits.DEFAULT.maxConcurrent(), Connectors.PUBLIC);

  private final Then onFailure;
  private final Then onUnavailable;
  private final boolean externalUsers;
  private final @Nullable Duration timeout;
  private final int maxConcurrent;
  private final Connectors connectors;

  private PartOptions(
      Then onFailure,
      Then onUnavailable,
      boolean externalUsers,
      @Nullable Duration timeout,
      int maxConcurrent,
      Connectors connectors) {
    this.onFailure = onFailure;
    this.onUnavailable = onUnavailable;
    this.externalUsers = externalUsers;
    this.timeout = timeout;
    this.maxConcurrent = maxConcurrent;
    this.connectors = connectors;
  }

  /**
   * What holds where nothing is said: a rejection goes on to the next provider, an exception ends the
   * chain, users come from stores, no time-out, 128 concurrent calls, asked on public connectors.
   *
   * @return the defaults
   */
  public static PartOptions defaults() {
    return DEFAULTS;
  }

  /**
   * A rejection by this provider ends the chain ({@code on_failure: stop}).
   *
   * @return new options
   */
  public PartOptions stopOnFailure() {
    return new PartOptions(
        Then.STOP, onUnavailable, externalUsers, timeout, maxConcurrent, connectors);
  }

  /**
   * When this provider cannot tell, the next one is asked ({@code on_unavailable: next}).
   *
   * @return new options
   */
  public PartOptions nextOnUnavailable() {
    return new PartOptions(onFailure, Then.NEXT, externalUsers, timeout, maxConcurrent, connectors);
  }

  /**
   * This provider may vouch for subjects that are in no store ({@code users: external}).
   *
   * @return new options
   */
  public PartOptions withExternalUsers() {
    return new PartOptions(onFailure, onUnavailable, true, timeout, maxConcurrent, connectors);
  }

  /**
   * Bounds how long one call may take.
   *
   * @param value {@link #MIN_TIMEOUT} to {@link #MAX_TIMEOUT}
   * @return new options
   * @throws IllegalArgumentException if it is out of bounds
   */
  public PartOptions withTimeout(Duration value) {
    if (value.compareTo(MIN_TIMEOUT) < 0 || value.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "timeout must be " + MIN_TIMEOUT + " to " + MAX_TIMEOUT + ", got " + value);
    }
    return new PartOptions(
        onFailure, onUnavailable, externalUsers, value, maxConcurrent, connectors);
  }

  /**
   * Bounds how many calls may be under way at once; one more gets 503.
   *
   * @param value 1 to {@link #MAX_CONCURRENT}
   * @return new options
   * @throws IllegalArgumentException if it is out of bounds
   */
  public PartOptions withMaxConcurrent(int value) {
    if (value < 1 || value > MAX_CONCURRENT) {
      throw new IllegalArgumentException(
          "maxConcurrent must be 1 to " + MAX_CONCURRENT + ", got " + value);
    }
    return new PartOptions(onFailure, onUnavailable, externalUsers, timeout, value, connectors);
  }

  /**
   * On which connectors this provider is asked ({@code connectors}). Means nothing for a userstore.
   *
   * @param value the connectors
   * @return new options
   */
  public PartOptions withConnectors(Connectors value) {
    return new PartOptions(
        onFailure,
        onUnavailable,
        externalUsers,
        timeout,
        maxConcurrent,
        requireNonNull(value, "connectors"));
  }

  boolean hasExternalUsers() {
    return externalUsers;
  }

  Connectors connectors() {
    return connectors;
  }

  CallLimits limits() {
    return new CallLimits(timeout, maxConcurrent);
  }

  ProviderEntry.Options entryOptions() {
    return new ProviderEntry.Options(
        onFailure, onUnavailable, externalUsers, limits(), connectors.reach());
  }
}
