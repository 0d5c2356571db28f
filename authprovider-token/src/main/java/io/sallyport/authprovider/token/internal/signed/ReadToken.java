package io.sallyport.authprovider.token.internal.signed;

import io.sallyport.authprovider.token.internal.keys.TokenKey;

/**
 * What a genuine token says.
 *
 * @param content what it says
 * @param key what it is signed with
 */
record ReadToken(TokenContent content, TokenKey key) {}
