package io.sallyport.authprovider.password.internal;

import java.time.Duration;

/**
 * Who waits for a check.
 *
 * @param client the network of the caller
 * @param familiar whether the caller has signed in to the same account lately
 * @param limit how long the caller can wait
 */
record Caller(String client, boolean familiar, Duration limit) {}
