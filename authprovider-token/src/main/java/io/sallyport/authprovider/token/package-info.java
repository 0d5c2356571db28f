/**
 * Signed tokens: JWTs that are checked with a key and need no store of their own.
 *
 * <p>Both factories are found under the name {@code token}, by {@code token_generator:} and by {@code
 * authentication_providers:}. Generator and provider have settings of their own and must be given the
 * same {@code secret_key}, {@code issuer} and {@code audience}.
 *
 * @since 0.1
 */
@NullMarked
package io.sallyport.authprovider.token;

import org.jspecify.annotations.NullMarked;
