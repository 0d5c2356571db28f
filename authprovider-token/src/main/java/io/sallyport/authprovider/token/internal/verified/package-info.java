/** What is remembered of verified tokens. Not API: may change in any release. */
@NullMarked
package io.sallyport.authprovider.token.internal.verified;

import org.jspecify.annotations.NullMarked;
