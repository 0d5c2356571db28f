/**
 * An application to learn from: a small server in the likeness of the Cloudify Manager, whose every request
 * is decided on by Sallyport. {@link io.sallyport.examples.manager.ManagerApplication} is where the two meet.
 */
@NullMarked
package io.sallyport.examples.manager;

import org.jspecify.annotations.NullMarked;
