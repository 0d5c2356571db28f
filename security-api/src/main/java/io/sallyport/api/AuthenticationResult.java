package io.sallyport.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a provider makes of the credentials in a request. What cannot be told now is no result but an
 * exception, see {@link io.sallyport.spi.UnavailableException}.
 *
 * @since 0.1
 */
public sealed interface AuthenticationResult {

  /**
   * The credential is genuine and belongs to {@code subject}. Whether the subject is active and not
   * locked, and whether the credential has ended with the user's stamp, is checked by the gate.
   *
   * @param subject whom it belongs to
   * @param evidence how that was established
   */
  record Authenticated(Subject subject, Evidence evidence) implements AuthenticationResult {
    /**
     * A good credential.
     *
     * @param subject whom it belongs to
     * @param evidence how that was established
     */
    public Authenticated {
      requireNonNull(subject, "subject");
      requireNonNull(evidence, "evidence");
    }
  }

  /** The request holds no credential of this provider's kind. */
  record NotPresented() implements AuthenticationResult {}

  /**
   * The credential is there and must not be accepted. Only the operator sees why; every caller that
   * is refused gets the same answer.
   *
   * @param reason the kind of fault
   * @param detail more about it for the operator; never anything secret
   * @param claimedName the name that the credential claims, null where there is none; not verified
   * @param heldFor how long the refusal must still be withheld from the caller, so that all take the same
   *     time; it is waited for outside of the provider, and not at all if another one knows the caller
   */
  record Rejected(Reason reason, String detail, @Nullable String claimedName, Duration heldFor)
      implements AuthenticationResult {
    /**
     * A bad credential.
     *
     * @param reason the kind of fault
     * @param detail more about it for the operator
     * @param claimedName the name that the credential claims, or null
     * @param heldFor how long the refusal must still be withheld, zero if it need not
     */
    public Rejected {
      requireNonNull(reason, "reason");
      requireNonNull(detail, "detail");
      requireNonNull(heldFor, "heldFor");
    }

    /**
     * A bad credential that is refused at once.
     *
     * @param reason the kind of fault
     * @param detail more about it for the operator
     * @param claimedName the name that the credential claims, or null
     */
    public Rejected(Reason reason, String detail, @Nullable String claimedName) {
      this(reason, detail, claimedName, Duration.ZERO);
    }

    /**
     * A bad credential that claims no name.
     *
     * @param reason the kind of fault
     * @param detail more about it for the operator
     * @return the result
     */
    public static Rejected of(Reason reason, String detail) {
      return new Rejected(reason, detail, null);
    }
  }

  /**
   * Too many failures from this client: it gets 429, whatever the credential is worth.
   *
   * @param retryAfter how long the client must wait; depends on the client alone
   * @param claimedName the name that the credential claims, null where there is none; not verified
   */
  record Throttled(Duration retryAfter, @Nullable String claimedName)
      implements AuthenticationResult {
    /**
     * Too many failures.
     *
     * @param retryAfter how long the client must wait
     * @param claimedName the name that the credential claims, or null
     */
    public Throttled {
      requireNonNull(retryAfter, "retryAfter");
    }
  }

  /** Kinds of fault. They decide the status of the answer and nothing else that a caller sees. */
  enum Reason {
    /** Not in the form that its kind has. */
    MALFORMED,
    /** More than one where one belongs, or too long: the request itself is at fault and gets 400. */
    AMBIGUOUS,
    /**
     * Of this kind, but made by or for somebody else, so that another provider may know it: it is asked even
     * where {@code on_failure: stop} is configured. Never said of what this provider has found to be genuine.
     */
    FOREIGN,
    /** No such user. */
    UNKNOWN_USER,
    /** A known user's wrong password, or a token with a wrong signature. */
    WRONG_CREDENTIALS,
    /** Was good until some time ago. */
    EXPIRED,
    /** Will be good later. */
    NOT_YET_VALID,
    /** Was ended before its time, by a new password for example. */
    REVOKED,
    /** The user is deactivated. */
    INACTIVE,
    /** The user is locked. */
    LOCKED
  }
}
