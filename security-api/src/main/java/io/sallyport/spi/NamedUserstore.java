package io.sallyport.spi;

import static java.util.Objects.requireNonNull;

/**
 * A userstore under its name in the configuration.
 *
 * @param name the name, as in {@link io.sallyport.api.Subject.StoreUser#store()}
 * @param store the store
 * @since 0.1
 */
public record NamedUserstore(String name, Userstore store) {
  /**
   * A userstore under its name.
   *
   * @param name the name
   * @param store the store
   */
  public NamedUserstore {
    requireNonNull(name, "name");
    requireNonNull(store, "store");
  }
}
