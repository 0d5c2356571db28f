/**
 * The servlet side of the gate: what a request looks like to it, and what its decisions look like to a
 * client and to the application. Not API: may change in any release.
 */
@NullMarked
package io.sallyport.core.internal.http;

import org.jspecify.annotations.NullMarked;
