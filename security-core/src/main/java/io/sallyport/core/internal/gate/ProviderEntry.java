package io.sallyport.core.internal.gate;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.spi.AuthenticationProvider;

/** A provider in its place in the chain, and what follows from its answers. Owns the provider. */
public final class ProviderEntry implements AutoCloseable {

  /** Whether the next provider is asked. */
  public enum Then {
    /** The next one is asked. */
    NEXT,
    /** The chain ends. */
    STOP
  }

  /** On which connectors a provider is asked. */
  public enum Reach {
    /** Wherever strangers come in. */
    PUBLIC,
    /** On the internal ports, and nowhere else. */
    INTERNAL,
    /** Everywhere. */
    ALL
  }

  private final String name;
  private final AuthenticationProvider provider;
  private final Options options;
  private final BoundedCalls calls;
  private final SparingReports unavailabilities = new SparingReports(System::nanoTime);

  /**
   * What the configuration says of an entry.
   *
   * @param onFailure what follows a rejection
   * @param onUnavailable what follows an exception
   * @param externalUsers whether subjects that are in no store are accepted
   * @param limits how much of the application the provider may hold up
   * @param reach on which connectors the provider is asked
   */
  public record Options(
      Then onFailure, Then onUnavailable, boolean externalUsers, CallLimits limits, Reach reach) {

    /** Options of a provider that is asked where strangers come in. */
    public Options(Then onFailure, Then onUnavailable, boolean externalUsers, CallLimits limits) {
      this(onFailure, onUnavailable, externalUsers, limits, Reach.PUBLIC);
    }

    /** What holds where the configuration says nothing. */
    public static final Options DEFAULT =
        new Options(Then.NEXT, Then.STOP, false, CallLimits.DEFAULT);
  }

  /** Puts a provider into the chain. */
  public ProviderEntry(String name, AuthenticationProvider provider, Options options) {
    this.name = requireNonNull(name, "name");
    this.provider = requireNonNull(provider, "provider");
    this.options = requireNonNull(options, "options");
    this.calls = new BoundedCalls("authentication provider " + name, options.limits());
  }

  /** The configured name. */
  public String name() {
    return name;
  }

  AuthenticationProvider provider() {
    return provider;
  }

  boolean isAskedOn(boolean internalPort) {
    return options.reach() == Reach.ALL || internalPort == (options.reach() == Reach.INTERNAL);
  }

  Options options() {
    return options;
  }

  /** Which of the times at which the provider could not tell are worth a line in the log. */
  SparingReports unavailabilities() {
    return unavailabilities;
  }

  AuthenticationResult authenticate(AuthenticationRequest request) {
    if (!provider.isPresented(request)) {
      return new AuthenticationResult.NotPresented();
    }
    AuthenticationResult result = calls.call(() -> provider.authenticate(request));
    return requireNonNull(result, () -> "authentication provider " + name + " answered null");
  }

  @Override
  public void close() {
    calls.close();
    provider.close();
  }
}
