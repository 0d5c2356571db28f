package io.sallyport.userstore.file.internal;

import io.sallyport.spi.Settings;

/**
 * What the configuration says of how users are written.
 *
 * @param identifyingAttribute what they sign in by
 * @param allowPlaintext whether a password may stand where its hash belongs
 */
public record UserForm(String identifyingAttribute, boolean allowPlaintext) {

  /** Users sign in by their name, and have hashes. */
  public static final UserForm DEFAULT = new UserForm(UsersReader.USERNAME, false);

  /**
   * Reads {@code identifying_attribute} and {@code allow_plaintext}.
   *
   * @param settings the properties of a store
   * @return the form
   */
  public static UserForm read(Settings settings) {
    return new UserForm(
        settings.text("identifying_attribute", DEFAULT.identifyingAttribute),
        settings.flag("allow_plaintext", DEFAULT.allowPlaintext));
  }
}
