/**
 * What plug-ins implement: userstores, authentication providers, token generators, authorization
 * providers, audit sinks, and a factory for each.
 *
 * <p>Every implementation is thread-safe and complete once built. A jar grants nothing: {@link
 * java.util.ServiceLoader} finds its factories, and only an entry of the configuration that names one
 * switches it on.
 *
 * <p><b>Messages.</b> Be informative and reveal nothing: «the header is empty» is fine, «user jason
 * attempted password 123456» is not.
 *
 * @since 0.1
 */
@NullMarked
package io.sallyport.spi;

import org.jspecify.annotations.NullMarked;
