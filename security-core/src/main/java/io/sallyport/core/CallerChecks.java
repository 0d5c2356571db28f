package io.sallyport.core;

import io.sallyport.api.Identity;
import io.sallyport.api.Target;
import io.sallyport.core.internal.browser.CrossSiteCheck;
import io.sallyport.core.internal.gate.CallerCheck;
import io.sallyport.core.internal.gate.GateRequest;
import java.util.Optional;

/** What is settled about a known caller: no page of another site sends, and a refresh token only refreshes. */
record CallerChecks(CrossSiteCheck crossSite, TokenEndpoints endpoints) implements CallerCheck {

  @Override
  public Optional<String> foreignSender(GateRequest request, Target target, Identity caller) {
    return crossSite.foreignSender(request, target, caller);
  }

  @Override
  public Optional<String> unfitCredential(GateRequest request, Target target, Identity caller) {
    return endpoints.permitsCredential(caller, target, request.servletClass())
        ? Optional.empty()
        : Optional.of("a refresh token is for making tokens and nothing else");
  }
}
