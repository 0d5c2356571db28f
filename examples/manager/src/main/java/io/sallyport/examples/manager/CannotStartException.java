package io.sallyport.examples.manager;

/** The server cannot start, for a reason that a person can mend; the message says how. */
final class CannotStartException extends Exception {

  private static final long serialVersionUID = 1L;

  CannotStartException(String message) {
    super(message);
  }

  CannotStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
