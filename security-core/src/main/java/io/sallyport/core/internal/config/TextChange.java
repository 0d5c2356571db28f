package io.sallyport.core.internal.config;

import java.util.function.UnaryOperator;

/**
 * One part of a text and what comes in its place.
 *
 * @param start where it begins, counted as in a {@link Place}
 * @param end where it has ended; the same if something is put in
 * @param after makes of the part what is to stand there; in what is put in, {@code \n} becomes the line break of
 *     the file
 */
record TextChange(long start, long end, UnaryOperator<String> after) {}
