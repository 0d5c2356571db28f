/**
 * Client certificates: callers whom the container has verified by mutual TLS.
 *
 * <p>The factory is found under the name {@code certificate}, by {@code authentication_providers:}.
 *
 * @since 0.1
 */
@NullMarked
package io.sallyport.authprovider.certificate;

import org.jspecify.annotations.NullMarked;
