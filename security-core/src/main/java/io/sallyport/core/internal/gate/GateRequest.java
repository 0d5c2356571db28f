package io.sallyport.core.internal.gate;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.DecisionId;
import io.sallyport.api.Dispatch;
import io.sallyport.api.Identity;
import io.sallyport.core.internal.rules.Reading;
import java.util.Collection;
import java.util.Optional;

/** One dispatch of a request, as the gate sees it. */
public interface GateRequest extends AuthenticationRequest {

  /** What the decision about it is called. */
  DecisionId id();

  /** How it came to its target. */
  Dispatch dispatch();

  /** The method as sent, whatever it is. */
  String rawMethod();

  /** The target as sent, whatever it is; for the record only. */
  String rawTarget();

  /** What it asks for, or why that cannot be said. */
  Reading reading();

  /** The client's numeric address: that of the connection, or the one that a declared proxy reports. */
  String remoteAddress();

  @Override
  default String clientAddress() {
    return remoteAddress();
  }

  /** What is wrong with what a declared proxy reports of the connection. */
  Optional<String> arrivalProblem();

  /** The names of all header fields that came, in any case. */
  Collection<String> headerNames();

  /** Host and port that the client has asked, as it wrote them; empty if that is not clear. */
  Optional<String> authority();

  /** The class of the servlet that the dispatch goes to; empty if the container does not tell it. */
  Optional<String> servletClass();

  /** Whether the container shows what a header field says in the place of what the connection is. */
  boolean rewritten();

  /** Who was found to have sent it in an earlier dispatch of the same request. */
  Optional<Identity> knownIdentity();
}
