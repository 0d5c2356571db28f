package io.sallyport.authprovider.password.internal;

import static java.util.Objects.requireNonNull;

import io.sallyport.authprovider.password.internal.hash.HashCost;

/**
 * Who asks for a hash to be computed, and what that takes.
 *
 * @param client the network of the caller, among which places and turns are shared out
 * @param familiar whether the caller has signed in to the same account lately
 * @param cost what the computation costs
 */
record HashingDemand(String client, boolean familiar, HashCost cost) {
  /** Checks the parts. */
  HashingDemand {
    requireNonNull(client, "client");
    requireNonNull(cost, "cost");
  }
}
