/**
 * An ordinary web application. Nothing in here knows Sallyport: who may see what is said in {@code
 * WEB-INF/security.yaml}, and {@code WEB-INF/web.xml} puts the filter before everything.
 */
@NullMarked
package io.sallyport.examples.webapp;

import org.jspecify.annotations.NullMarked;
