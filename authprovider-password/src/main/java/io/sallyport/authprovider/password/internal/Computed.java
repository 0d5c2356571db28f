package io.sallyport.authprovider.password.internal;

import org.jspecify.annotations.Nullable;

/**
 * What a computation in the pool gave.
 *
 * @param value its result
 * @param startedNanos when it began, after all waiting, as {@link System#nanoTime} tells it
 */
record Computed<T extends @Nullable Object>(T value, long startedNanos) {}
