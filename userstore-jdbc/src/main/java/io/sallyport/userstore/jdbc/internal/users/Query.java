package io.sallyport.userstore.jdbc.internal.users;

import java.util.Locale;
import java.util.Set;

/** The statements that a userstore is made of, by their keys in the configuration. */
enum Query {
  FIND_USER(Set.of("username", "name_key"), Set.of()),
  FIND_USER_BY_ID(Set.of("id"), Set.of("id")),
  ROLES(Set.of("id", "username"), Set.of()),
  TENANT_ROLES(Set.of("id", "username"), Set.of()),
  GROUPS(Set.of("id", "username"), Set.of()),
  UPDATE_PASSWORD(
      Set.of("id", "expected", "replacement", "password_epoch", "expected_epoch"),
      Set.of("id", "expected", "replacement", "password_epoch")),
  CHANGES(Set.of(), Set.of());

  /** Those that tell more of a user that was found. */
  static final Set<Query> FURTHER = Set.of(ROLES, TENANT_ROLES, GROUPS);

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<String> permitted;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<String> required;

  Query(Set<String> permitted, Set<String> required) {
    this.permitted = permitted;
    this.required = required;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The parameters that it may have. */
  Set<String> permitted() {
    return permitted;
  }

  /** Those that it must have, since it would do something else without them. */
  Set<String> required() {
    return required;
  }

  /** Whether it must have one parameter at least, so that it is about somebody. */
  boolean isAboutSomebody() {
    return !permitted.isEmpty();
  }
}
