/** What users, tokens and failed logins cost in a database, beside other libraries. Run by hand. */
@NullMarked
package io.sallyport.benchmarks.database;

import org.jspecify.annotations.NullMarked;
