package io.sallyport.core;

/**
 * The configuration cannot be used, and the application was not started. The message lists all problems,
 * each with its file, line, key and remedy.
 *
 * @since 0.1
 */
public final class InvalidConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidConfigurationException(String message) {
    super(message);
  }

  InvalidConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
