/** Users out of tables: our own or whichever there are. Not API: may change in any release. */
@NullMarked
package io.sallyport.userstore.jdbc.internal.users;

import org.jspecify.annotations.NullMarked;
