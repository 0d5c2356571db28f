/** Whether people get served while others guess passwords. */
@NullMarked
package io.sallyport.benchmarks.load;

import org.jspecify.annotations.NullMarked;
