package io.sallyport.authprovider.password.internal;

/** A stored hash that no password can match. The message says why and shows nothing of the hash. */
final class UnusableHashException extends Exception {

  private static final long serialVersionUID = 1L;

  UnusableHashException(String message) {
    super(message);
  }
}
