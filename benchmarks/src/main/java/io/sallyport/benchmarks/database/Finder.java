package io.sallyport.benchmarks.database;

import java.util.Set;

/** Finds a user with password and roles, as one library does. */
interface Finder extends AutoCloseable {

  /** All that there is of a user, in the library's own form. */
  Object find(String name);

  /** The roles in what was found. */
  Set<String> roles(Object found);

  @Override
  default void close() {}
}
