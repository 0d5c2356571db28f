package io.sallyport.core.internal.gate;

import io.sallyport.api.Decision;
import io.sallyport.api.Outcome;
import io.sallyport.api.Target;
import java.util.Optional;

/**
 * One thing that is settled about a dispatch by its connection and its origin alone, before a rule is
 * looked up and before anybody is asked who is calling.
 */
@FunctionalInterface
public interface EntryCheck {

  /**
   * How a request ends that goes no further.
   *
   * @param outcome how it ends
   * @param reason why, for the operator; holds nothing that was sent
   */
  record Verdict(Outcome outcome, String reason) {}

  /**
   * Adds the header fields that every answer to a dispatch carries, also where its target cannot be read
   * and nothing else is judged.
   *
   * @param request the dispatch
   * @param decision takes the fields
   */
  default void addHeaders(GateRequest request, Decision.Builder decision) {}

  /**
   * Judges a dispatch.
   *
   * @param request the dispatch
   * @param target what it asks for
   * @param decision for header fields of the answer, and for whatever else there is to note
   * @return how the request ends here; empty if it goes on
   */
  Optional<Verdict> judge(GateRequest request, Target target, Decision.Builder decision);
}
