/** Where data sources come from. Not API: may change in any release. */
@NullMarked
package io.sallyport.userstore.jdbc.internal.connection;

import org.jspecify.annotations.NullMarked;
