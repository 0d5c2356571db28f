package io.sallyport.spi;

/**
 * Settings that are each well formed do not go together, or what they point to cannot be used. The start
 * is refused, or the last good state stays in force.
 *
 * @since 0.1
 */
public final class InvalidSettingsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Says what is wrong.
   *
   * @param message what was read, what is expected and what to do; nothing secret
   */
  public InvalidSettingsException(String message) {
    super(message);
  }
}
