package io.sallyport.authprovider.password.internal.hash;

/** A stored hash that no password can match. The message says why and shows nothing of the hash. */
public final class UnusableHashException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnusableHashException(String message) {
    super(message);
  }
}
