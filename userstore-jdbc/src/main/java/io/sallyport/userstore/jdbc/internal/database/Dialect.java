package io.sallyport.userstore.jdbc.internal.database;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;

/** Whose SQL a database speaks. What speaks none of them by its own name is taken for the standard's. */
public enum Dialect {
  /** PostgreSQL, and what speaks its protocol, such as CockroachDB and YugabyteDB. */
  POSTGRESQL("postgresql"),
  /** MariaDB and MySQL. */
  MARIADB("mariadb"),
  /** H2. */
  H2("h2");

  private final String folder;

  Dialect(String folder) {
    this.folder = folder;
  }

  /** The folder of its scripts. */
  public String folder() {
    return folder;
  }

  static Dialect of(DatabaseMetaData database) throws SQLException {
    String product = database.getDatabaseProductName().toLowerCase(Locale.ROOT);
    if (product.contains("mariadb") || product.contains("mysql")) {
      return MARIADB;
    }
    return product.equals("h2") ? H2 : POSTGRESQL;
  }
}
