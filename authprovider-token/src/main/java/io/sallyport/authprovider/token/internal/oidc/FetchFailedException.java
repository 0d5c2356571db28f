package io.sallyport.authprovider.token.internal.oidc;

import org.jspecify.annotations.Nullable;

/** An issuer did not answer, or not as it must. The message is for the log and repeats nothing that was sent. */
final class FetchFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  FetchFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
