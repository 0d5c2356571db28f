package io.sallyport.authprovider.token.internal.oidc;

import io.sallyport.authprovider.token.internal.jws.VerificationKey;
import io.sallyport.authprovider.token.internal.jwt.ClaimReader;

/**
 * What a genuine token says.
 *
 * @param claims what it says
 * @param key what it is signed with
 */
record GenuineClaims(ClaimReader claims, VerificationKey key) {}
