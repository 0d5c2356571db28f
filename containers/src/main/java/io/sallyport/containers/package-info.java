/**
 * The host application of the proof that nobody gets around Sallyport, and how each container is made to
 * run it. Never published. {@code CONTRACT.md} beside the corpus in the test resources says what it must be.
 */
@NullMarked
package io.sallyport.containers;

import org.jspecify.annotations.NullMarked;
