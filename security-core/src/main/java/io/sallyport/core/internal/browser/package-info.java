/**
 * What browsers may send for pages of other origins. Not API: may change in any release.
 *
 * <p>Two things that have little to do with each other. {@code CorsCheck} tells a browser which pages of other
 * origins may read answers and send what no form can. {@code CrossSiteCheck} refuses what a browser has sent by
 * itself, with its user's credential, for a page of another site.
 */
@NullMarked
package io.sallyport.core.internal.browser;

import org.jspecify.annotations.NullMarked;
