/** JSON Web Signatures, read strictly. Not API: may change in any release. */
@NullMarked
package io.sallyport.authprovider.token.internal.jws;

import org.jspecify.annotations.NullMarked;
