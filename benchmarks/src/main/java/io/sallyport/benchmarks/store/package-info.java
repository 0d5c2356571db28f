/** What a store of tokens costs. Run by hand. */
@NullMarked
package io.sallyport.benchmarks.store;

import org.jspecify.annotations.NullMarked;
