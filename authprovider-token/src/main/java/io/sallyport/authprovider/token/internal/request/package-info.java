/** Where a token stands in a request, and what a caller without one is told. Not API: may change in any release. */
@NullMarked
package io.sallyport.authprovider.token.internal.request;

import org.jspecify.annotations.NullMarked;
