package io.sallyport.core.internal.rules;

import java.util.Set;

/** What a rule asks of a caller. */
public sealed interface Access {

  /** Nothing: everybody passes. */
  record Open() implements Access {}

  /** To be somebody. */
  record Authenticated() implements Access {}

  /**
   * To have one of some roles.
   *
   * @param anyOf the roles, at least one
   */
  record Roles(Set<String> anyOf) implements Access {
    /**
     * Access for roles.
     *
     * @param anyOf the roles
     */
    public Roles {
      anyOf = Set.copyOf(anyOf);
      if (anyOf.isEmpty()) {
        throw new IllegalArgumentException(
            "roles must name at least one role; write deny to let nobody pass");
      }
    }
  }

  /** The impossible: nobody passes. */
  record Deny() implements Access {}
}
