package io.sallyport.authprovider.token.internal.signed;

import java.time.Duration;

/**
 * How long tokens are good.
 *
 * @param lifetime how long one is
 * @param maxSession how long after the last sign-in by more than a token of ours the last of a chain is
 */
public record SessionLimits(Duration lifetime, Duration maxSession) {}
