/** The tables of our own: how they are made, and whether they are there. Not API: may change in any release. */
@NullMarked
package io.sallyport.userstore.jdbc.internal.schema;

import org.jspecify.annotations.NullMarked;
