package io.sallyport.api;

/**
 * How a request came to the target that is decided on.
 *
 * @since 0.1
 */
public enum Dispatch {
  /** From the client. */
  REQUEST,
  /** Handed on by the application. */
  FORWARD,
  /** Drawn into another answer by the application. */
  INCLUDE,
  /** Taken up again after the application had put it aside. */
  ASYNC
}
