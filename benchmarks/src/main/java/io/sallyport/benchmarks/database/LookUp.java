package io.sallyport.benchmarks.database;

import java.util.Map;
import javax.sql.DataSource;

/** The ways to look a user up, and how each is configured. */
enum LookUp {
  /** Nothing but one query on a connection of the pool: what nobody can be faster than. */
  HAND_WRITTEN,
  /** The default: no user is remembered. */
  SALLYPORT,
  /** {@code max_staleness: 5s}, and a hundred users who come again and again. */
  SALLYPORT_REMEMBERS,
  /** With groups, and without authorities of users themselves, of which there are none. */
  SPRING_GROUPS_ALONE,
  /** With groups enabled and everything else as it is by default. */
  SPRING,
  /** As it is by default. */
  SHIRO,
  /** With {@code permissionsLookupEnabled}. */
  SHIRO_PERMISSIONS;

  private static final int FEW = 100;

  /** Makes it, on the pool that all share. */
  Finder open(DataSource source) {
    return switch (this) {
      case HAND_WRITTEN -> new HandWritten(source);
      case SALLYPORT -> new SallyportFinder(source, Map.of());
      case SALLYPORT_REMEMBERS -> new SallyportFinder(source, Map.of("max_staleness", "5s"));
      case SPRING_GROUPS_ALONE -> new SpringFinder(source, false);
      case SPRING -> new SpringFinder(source, true);
      case SHIRO -> new ShiroFinder(source, false);
      case SHIRO_PERMISSIONS -> new ShiroFinder(source, true);
    };
  }

  /** Among how many users it is asked for one. */
  int among(int users) {
    return this == SALLYPORT_REMEMBERS ? Math.min(FEW, users) : users;
  }
}
