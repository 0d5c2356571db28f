/**
 * The audit log: one line a decision, in a file that rotates.
 *
 * <p>A line is in the hands of the operating system before the decision takes effect; what cannot be
 * written down ends the request. Not API: may change in any release.
 */
@NullMarked
package io.sallyport.core.internal.audit;

import org.jspecify.annotations.NullMarked;
