/** Tokens for new tokens, each good once. Not API: may change in any release. */
@NullMarked
package io.sallyport.authprovider.token.internal.refresh;

import org.jspecify.annotations.NullMarked;
