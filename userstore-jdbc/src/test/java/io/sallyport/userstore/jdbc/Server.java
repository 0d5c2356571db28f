package io.sallyport.userstore.jdbc;

import java.util.function.Supplier;

/** The servers that everything is tested on: {@code @ParameterizedTest @EnumSource(Server.class)}. */
public enum Server {
  /** A real one, from a jar. */
  POSTGRESQL(TestDatabase::postgresql),
  /** This machine's. Without it, the test is skipped. */
  MARIADB(TestDatabase::mariadb),
  /** In the memory of this process. */
  H2(TestDatabase::h2);

  @SuppressWarnings("ImmutableEnumChecker") // references to methods without state
  private final Supplier<TestDatabase> empty;

  Server(Supplier<TestDatabase> empty) {
    this.empty = empty;
  }

  /** A new database. */
  public TestDatabase open() {
    return empty.get();
  }
}
