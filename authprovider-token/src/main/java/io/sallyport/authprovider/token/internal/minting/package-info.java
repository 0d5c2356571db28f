/** Which credentials may ask for tokens, for all generators alike. Not API: may change in any release. */
@NullMarked
package io.sallyport.authprovider.token.internal.minting;

import org.jspecify.annotations.NullMarked;
