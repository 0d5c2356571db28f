/** Keys that tokens are signed and verified with. Not API: may change in any release. */
@NullMarked
package io.sallyport.authprovider.token.internal.keys;

import org.jspecify.annotations.NullMarked;
