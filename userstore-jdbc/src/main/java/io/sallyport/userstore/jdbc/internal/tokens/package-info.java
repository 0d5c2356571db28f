/** Tokens, and which were ended before their time. Not API: may change in any release. */
@NullMarked
package io.sallyport.userstore.jdbc.internal.tokens;

import org.jspecify.annotations.NullMarked;
