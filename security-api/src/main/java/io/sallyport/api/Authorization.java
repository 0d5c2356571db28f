package io.sallyport.api;

import static java.util.Objects.requireNonNull;

/**
 * What an {@link io.sallyport.spi.AuthorizationProvider} says to a request.
 *
 * @since 0.1
 */
public sealed interface Authorization {

  /**
   * Why, for the operator.
   *
   * @return a short text that names the role and the rule
   */
  String reason();

  /**
   * Something allows it and nothing denies it.
   *
   * @param reason why
   */
  record Allowed(String reason) implements Authorization {
    /**
     * A yes.
     *
     * @param reason why
     */
    public Allowed {
      requireNonNull(reason, "reason");
    }
  }

  /**
   * Nothing allows it.
   *
   * @param reason why not
   */
  record NotAllowed(String reason) implements Authorization {
    /**
     * The lack of a yes.
     *
     * @param reason why not
     */
    public NotAllowed {
      requireNonNull(reason, "reason");
    }
  }

  /**
   * Something denies it, which no other rule can overcome.
   *
   * @param reason what denies it
   */
  record Denied(String reason) implements Authorization {
    /**
     * A no.
     *
     * @param reason what denies it
     */
    public Denied {
      requireNonNull(reason, "reason");
    }
  }
}
