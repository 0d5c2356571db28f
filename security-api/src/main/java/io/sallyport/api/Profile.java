package io.sallyport.api;

/**
 * Whose bodies, codes and defaults an application speaks.
 *
 * @since 0.1
 */
public enum Profile {
  /** Sallyport's own: RFC 9457 bodies, 401 and 403, strict credentials. */
  STANDARD,
  /** The Cloudify Manager's first generation, 3.2 to 3.4: 401 for every refusal. */
  CLOUDIFY_3,
  /** The Cloudify Manager's second generation, 4.0 and later. */
  CLOUDIFY_4;

  /**
   * Whether this is one of the two generations of the Cloudify Manager.
   *
   * @return true for {@link #CLOUDIFY_3} and {@link #CLOUDIFY_4}
   */
  public boolean isCloudify() {
    return this != STANDARD;
  }
}
