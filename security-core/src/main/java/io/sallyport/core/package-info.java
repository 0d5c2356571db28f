/** The gate, how it is configured, and the filter that puts it before an application. */
@NullMarked
package io.sallyport.core;

import org.jspecify.annotations.NullMarked;
