/** Stores of tokens, in memory and in a file. Not API: may change in any release. */
@NullMarked
package io.sallyport.authprovider.token.internal.store;

import org.jspecify.annotations.NullMarked;
