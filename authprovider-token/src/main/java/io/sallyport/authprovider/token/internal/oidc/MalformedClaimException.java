package io.sallyport.authprovider.token.internal.oidc;

/** A claim of a genuine token is not what the configuration takes it for. */
final class MalformedClaimException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MalformedClaimException(String fault) {
    super(fault);
  }
}
