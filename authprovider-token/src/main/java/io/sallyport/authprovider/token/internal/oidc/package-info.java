/** Tokens of outside issuers, and their keys. Not API: may change in any release. */
@NullMarked
package io.sallyport.authprovider.token.internal.oidc;

import org.jspecify.annotations.NullMarked;
