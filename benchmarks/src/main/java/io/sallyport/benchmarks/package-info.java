/** Measurements: JMH beside other libraries, a timing test and a load test. Never published. */
@NullMarked
package io.sallyport.benchmarks;

import org.jspecify.annotations.NullMarked;
