/** Claims of JSON Web Tokens. Not API: may change in any release. */
@NullMarked
package io.sallyport.authprovider.token.internal.jwt;

import org.jspecify.annotations.NullMarked;
