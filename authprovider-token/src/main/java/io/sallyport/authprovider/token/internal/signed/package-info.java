/** Signed tokens of our own. Not API: may change in any release. */
@NullMarked
package io.sallyport.authprovider.token.internal.signed;

import org.jspecify.annotations.NullMarked;
