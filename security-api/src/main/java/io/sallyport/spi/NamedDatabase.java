package io.sallyport.spi;

import static java.util.Objects.requireNonNull;

/**
 * A database under its name in the configuration.
 *
 * @param name the name
 * @param database the database
 * @since 0.1
 */
public record NamedDatabase(String name, Database database) {
  /**
   * A database under its name.
   *
   * @param name the name
   * @param database the database
   */
  public NamedDatabase {
    requireNonNull(name, "name");
    requireNonNull(database, "database");
  }
}
