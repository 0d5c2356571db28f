/**
 * Everything that turns text into settings, and follows files. Not API: may change in any release.
 *
 * <p>Text is read in three steps: a {@link io.sallyport.core.internal.config.Cursor} over YAML or JSON, a tree of {@link
 * io.sallyport.core.internal.config.Node}s with bounds on everything, and a {@link
 * io.sallyport.core.internal.config.DocumentSettings} view that converts and collects problems.
 */
@NullMarked
package io.sallyport.core.internal.config;

import org.jspecify.annotations.NullMarked;
