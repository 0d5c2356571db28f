/** Tokens that are looked up: their form, their hashes, and API tokens. Not API: may change in any release. */
@NullMarked
package io.sallyport.authprovider.token.internal.stored;

import org.jspecify.annotations.NullMarked;
