package io.sallyport.api;

/**
 * What a credential remembers of the stamp that its user had when it was made. The gate asks it
 * about today's stamp, for every provider alike.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface StampCheck {

  /**
   * Whether the credential was made for this stamp.
   *
   * @param current the user's stamp as read in this request
   * @return false if the credential has ended since
   */
  boolean matches(SecurityStamp current);
}
