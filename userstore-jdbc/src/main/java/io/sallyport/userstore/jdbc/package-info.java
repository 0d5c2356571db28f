/**
 * Users, tokens and counters of failed logins in a database, for one node or many. All are configured by the
 * name {@code jdbc}, and share the databases of the configuration.
 *
 * @since 0.1
 */
@NullMarked
package io.sallyport.userstore.jdbc;

import org.jspecify.annotations.NullMarked;
