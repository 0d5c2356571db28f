/**
 * The gate: the whole way of a request from its target to a decision, without a servlet in sight. Not
 * API: may change in any release.
 */
@NullMarked
package io.sallyport.core.internal.gate;

import org.jspecify.annotations.NullMarked;
