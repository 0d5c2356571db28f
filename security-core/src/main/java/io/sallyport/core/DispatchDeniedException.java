package io.sallyport.core;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.Decision;
import jakarta.servlet.ServletException;

/**
 * The application handed a request on to a target that its caller may not have, and part of the answer was
 * already sent or belongs to another target, so that no 401 or 403 can be given any more. Thrown before
 * the target runs.
 *
 * @since 0.1
 */
public final class DispatchDeniedException extends ServletException {

  private static final long serialVersionUID = 1L;

  private final transient Decision decision;

  DispatchDeniedException(Decision decision) {
    super("dispatch "
        + decision.dispatch()
        + " was denied, see decision "
        + decision.id()
        + " in the audit log");
    this.decision = requireNonNull(decision, "decision");
  }

  /**
   * The decision that denied it.
   *
   * @return the decision
   */
  public Decision decision() {
    return decision;
  }
}
