/**
 * Counts failed logins in memory. Knows nothing of servlets. Not API: may change in any release.
 */
@NullMarked
package io.sallyport.core.internal.attempts;

import org.jspecify.annotations.NullMarked;
