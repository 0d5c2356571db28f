/**
 * The values that go in and out of the service provider interfaces.
 *
 * <p>All of them are immutable and safe to share between threads. Collections are copied when a
 * value is made, and unmodifiable when they are handed out. What is a secret has a type of its own
 * and shows nothing in {@code toString}.
 *
 * @since 0.1
 */
@NullMarked
package io.sallyport.api;

import org.jspecify.annotations.NullMarked;
