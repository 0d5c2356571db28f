package io.sallyport.spi;

/**
 * The caller is known and what it asks for is not permitted to it. The request ends with 403.
 *
 * @since 0.1
 */
public final class NotPermittedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Says that something is not permitted.
   *
   * @param message what is not permitted; shown to the caller
   */
  public NotPermittedException(String message) {
    super(message);
  }
}
