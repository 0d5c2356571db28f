/** Parts of the token provider. Not API: may change in any release. */
@NullMarked
package io.sallyport.authprovider.token.internal;

import org.jspecify.annotations.NullMarked;
