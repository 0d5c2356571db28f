package io.sallyport.core.internal.gate;

import io.sallyport.api.Identity;
import io.sallyport.api.Target;
import java.util.Optional;

/** One thing that is settled about a dispatch once it is known who sent it, before anybody asks what they may. */
@FunctionalInterface
public interface CallerCheck {

  /**
   * Judges a dispatch.
   *
   * @param request the dispatch
   * @param target what it asks for
   * @param caller who sent it
   * @return why a page of another site may have made a browser send it, for the operator and without anything
   *     that was sent; empty if none has
   */
  Optional<String> foreignSender(GateRequest request, Target target, Identity caller);
}
