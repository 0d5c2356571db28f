package io.sallyport.core.internal.config;

import org.jspecify.annotations.Nullable;

/**
 * Walks through the text of a document. The accessors speak of the part that {@link #next} returned
 * last.
 */
interface Cursor {

  /** Goes on to the next part. */
  Kind next();

  /** The text of a scalar. */
  String text();

  /** Whether a scalar is written without quotes. */
  boolean plain();

  /** The line on which the part begins, counted from 1. */
  int line();

  /** The name that the part is given, or that an alias refers to. */
  @Nullable
  String anchor();

  /** Whether the part has a tag. */
  boolean tagged();

  /** Where a scalar stands. */
  Place place();

  /** Whether a sequence or mapping is written in brackets. */
  boolean bracketed();

  /** What there is in a document. */
  enum Kind {
    SCALAR,
    ALIAS,
    SEQUENCE,
    MAPPING,
    /** The end of a sequence or mapping. */
    END,
    /** The end of the text, after one document or none. */
    NOTHING_MORE
  }
}
