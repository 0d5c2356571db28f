/**
 * Reads what a request asks for in one way, and finds the rule that speaks for it. Not API: may change in
 * any release.
 *
 * <p>Nothing in here knows of servlets. What reads a client's input answers with a value, whatever the
 * input, and never throws.
 */
@NullMarked
package io.sallyport.core.internal.rules;

import org.jspecify.annotations.NullMarked;
