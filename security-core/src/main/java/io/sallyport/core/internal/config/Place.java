package io.sallyport.core.internal.config;

/**
 * Where a scalar stands, counted from 0 behind a byte order mark: in code points in YAML, in UTF-16 units
 * in JSON.
 *
 * @param start where it begins, its quotes included
 * @param end where it has ended
 * @param column how many characters stand before it on its line
 * @param style how it is written
 */
record Place(long start, long end, int column, Style style) {

  /** How a scalar is written. */
  enum Style {
    PLAIN,
    QUOTED,
    /** On lines of its own below a {@code |} or {@code >}. */
    BLOCK
  }
}
