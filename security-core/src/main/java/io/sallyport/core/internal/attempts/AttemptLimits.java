package io.sallyport.core.internal.attempts;

import io.sallyport.spi.LoginLimits;
import java.time.Duration;

/**
 * What is too much, and how much is remembered.
 *
 * @param account failures of one account, and how long it is locked then
 * @param client failures from one client, and within what time
 * @param familiarFor how long a client that has signed in to an account has a counter of its own there
 * @param maxTracked how many accounts, names and clients each are counted one by one
 */
record AttemptLimits(
    FailureLimit account, FailureLimit client, Duration familiarFor, int maxTracked) {

  static AttemptLimits of(LoginLimits limits, int maxTracked) {
    return new AttemptLimits(
        FailureLimit.of(limits.account()),
        FailureLimit.of(limits.client()),
        limits.familiarFor(),
        maxTracked);
  }
}
