/**
 * Counters of failed logins that nodes share. Not API: may change in any release.
 *
 * <p>There is a row for each account, for each client, and some for all names that nobody has. An attempt locks
 * those that it concerns, always the client's before the account's, and writes what has become of them, in one
 * transaction when it begins and in one when it ends. All times are those of the database.
 */
@NullMarked
package io.sallyport.userstore.jdbc.internal.attempts;

import org.jspecify.annotations.NullMarked;
