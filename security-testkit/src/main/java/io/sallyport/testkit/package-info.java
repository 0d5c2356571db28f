/**
 * Contracts: classes of tests that every implementation of an interface passes, whoever wrote it. Extend the one of
 * your interface in the tests of your module, and say how an empty one is made.
 *
 * @since 0.1
 */
@NullMarked
package io.sallyport.testkit;

import org.jspecify.annotations.NullMarked;
