package io.sallyport.core;

/**
 * What happens to requests over plain HTTP.
 *
 * @since 0.1
 */
public enum RequireHttps {
  /** They are refused with 403, all of them. */
  REJECT,
  /**
   * A {@code GET} or {@code HEAD} request without credentials is sent on to the public origin with 308, all
   * others are refused with 403.
   */
  REDIRECT
}
