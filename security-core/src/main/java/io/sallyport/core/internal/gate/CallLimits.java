package io.sallyport.core.internal.gate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much of the application one store or provider may hold up.
 *
 * @param timeout how long one call may take; null leaves that to the part itself, and the call stays on
 *     the request's thread
 * @param maxConcurrent how many calls may be under way at once
 */
public record CallLimits(@Nullable Duration timeout, int maxConcurrent) {

  /** What holds where the configuration says nothing. */
  public static final CallLimits DEFAULT = new CallLimits(null, 128);
}
