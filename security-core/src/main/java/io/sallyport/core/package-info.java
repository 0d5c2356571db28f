/**
 * What an application that is secured by Sallyport sees of it.
 *
 * <p>{@link io.sallyport.core.SecurityFilter} stands before every endpoint, {@link
 * io.sallyport.core.SallyportInitializer} puts it there where a {@code security.yaml} is found, and
 * {@link io.sallyport.core.Sallyport} is what both of them run: read from that file, or built in Java.
 *
 * @since 0.1
 */
@NullMarked
package io.sallyport.core;

import org.jspecify.annotations.NullMarked;
