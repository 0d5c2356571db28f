/** Whether the time of a failed answer tells anything about the user. */
@NullMarked
package io.sallyport.benchmarks.timing;

import org.jspecify.annotations.NullMarked;
