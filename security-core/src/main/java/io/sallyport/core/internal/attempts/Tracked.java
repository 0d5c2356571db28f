package io.sallyport.core.internal.attempts;

/** What is kept of one key in a table, until the table lets it go. */
interface Tracked {

  /**
   * Lets go of it if nothing is lost by that.
   *
   * @param now the time
   * @param memory how long ago it must have been used last, where it knows more than what counts now
   * @return whether it has been given up: whoever still has it must ask the table again
   */
  boolean retire(long now, long memory);

  /** Whether nothing counts in it now. */
  boolean isIdle(long now);
}
