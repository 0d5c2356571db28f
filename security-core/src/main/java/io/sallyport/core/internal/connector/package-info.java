/** The bypass: a port on which nobody is asked. Not API: may change in any release. */
@NullMarked
package io.sallyport.core.internal.connector;

import org.jspecify.annotations.NullMarked;
