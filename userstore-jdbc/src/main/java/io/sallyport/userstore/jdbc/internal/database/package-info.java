/** How a database is reached, and what differs between databases. Not API: may change in any release. */
@NullMarked
package io.sallyport.userstore.jdbc.internal.database;

import org.jspecify.annotations.NullMarked;
