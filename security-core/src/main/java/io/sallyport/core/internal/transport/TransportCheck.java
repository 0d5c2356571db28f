package io.sallyport.core.internal.transport;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.Decision;
import io.sallyport.api.Dispatch;
import io.sallyport.api.Outcome;
import io.sallyport.api.Target;
import io.sallyport.core.internal.gate.EntryCheck;
import io.sallyport.core.internal.gate.GateRequest;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that what declared proxies report is sound, that requests come over HTTPS where that is
 * required, and that browsers remember it.
 *
 * <p>A request is judged once, by the first dispatch of it that the gate gets to see: what the application
 * dispatches later came in with it.
 */
public final class TransportCheck implements EntryCheck {

  private static final String HSTS = "Strict-Transport-Security";
  private static final Verdict PLAIN =
      new Verdict(Outcome.INSECURE, "plain HTTP, and HTTPS is required");
  private static final Verdict PLAIN_WITH_CREDENTIALS = new Verdict(
      Outcome.INSECURE,
      "plain HTTP with credentials, which are known to whoever listens; not sent on, so that it is noticed");
  private static final Verdict PLAIN_AND_NO_GET = new Verdict(
      Outcome.INSECURE, "plain HTTP, and only a GET request of a client is sent on to HTTPS");

  private final boolean required;
  private final @Nullable PublicOrigin redirectTo;
  private final @Nullable String hsts;
  private final Predicate<AuthenticationRequest> hasCredentials;

  /**
   * A check.
   *
   * @param required whether plain HTTP is refused
   * @param redirectTo where it is sent on to, if that is harmless; null if it is always refused
   * @param hsts what browsers are told; null if nothing
   * @param hasCredentials whether a request carries what some provider takes for a credential
   */
  public TransportCheck(
      boolean required,
      @Nullable PublicOrigin redirectTo,
      @Nullable String hsts,
      Predicate<AuthenticationRequest> hasCredentials) {
    this.required = required;
    this.redirectTo = redirectTo;
    this.hsts = hsts;
    this.hasCredentials = hasCredentials;
  }

  @Override
  public void addHeaders(GateRequest request, Decision.Builder decision) {
    // browsers must ignore it on plain HTTP, where anybody could have added it
    if (hsts != null && request.secure()) {
      decision.header(HSTS, hsts);
    }
  }

  @Override
  public Optional<Verdict> judge(GateRequest request, Target target, Decision.Builder decision) {
    Optional<String> problem = request.arrivalProblem();
    if (problem.isPresent()) {
      return Optional.of(new Verdict(Outcome.MALFORMED, problem.get()));
    }
    boolean isFirst = request.id().dispatch() == 0;
    return required && isFirst && !request.secure()
        ? Optional.of(insecure(request, target, decision))
        : Optional.empty();
  }

  private Verdict insecure(GateRequest request, Target target, Decision.Builder decision) {
    if (redirectTo == null) {
      return PLAIN;
    }
    if (hasCredentials.test(request) || !request.clientCertificates().isEmpty()) {
      return PLAIN_WITH_CREDENTIALS;
    }
    if (request.dispatch() != Dispatch.REQUEST || !target.method().equals("GET")) {
      return PLAIN_AND_NO_GET;
    }
    decision.header(
        "Location",
        SecureLocation.of(redirectTo, request.rawTarget(), request.query().orElse(null)));
    return new Verdict(Outcome.REDIRECTED, "plain HTTP, sent on to HTTPS");
  }
}
