/** What many nodes cost one database. Run by hand. */
@NullMarked
package io.sallyport.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
