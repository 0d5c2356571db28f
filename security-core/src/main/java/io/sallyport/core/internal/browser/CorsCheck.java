package io.sallyport.core.internal.browser;

import io.sallyport.api.Decision;
import io.sallyport.api.Dispatch;
import io.sallyport.api.Outcome;
import io.sallyport.api.Target;
import io.sallyport.core.internal.gate.EntryCheck;
import io.sallyport.core.internal.gate.GateRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The server's side of the CORS protocol (Fetch standard, section 3.3). A preflight of a permitted origin ends
 * here: it says what the configuration says, whatever was asked for, and is the same for every path. All
 * other requests go on; what they are allowed does not depend on their origin.
 */
public final class CorsCheck implements EntryCheck {

  private static final String ORIGIN = "Origin";
  private static final String REQUEST_METHOD = "Access-Control-Request-Method";
  private static final String PRIVATE_NETWORK = "Access-Control-Request-Private-Network";
  private static final String PREFLIGHT_VARY =
      "Origin, Access-Control-Request-Method, Access-Control-Request-Headers, " + PRIVATE_NETWORK;

  private final CorsPolicy policy;
  private final Map<String, String> onPreflights;
  private final Map<String, String> onAnswers;

  /** Answers by a policy. */
  public CorsCheck(CorsPolicy policy) {
    this.policy = policy;
    this.onPreflights = onPreflights(policy);
    this.onAnswers = onAnswers(policy);
  }

  private static Map<String, String> onPreflights(CorsPolicy policy) {
    Map<String, String> fields = new LinkedHashMap<>();
    put(fields, "Access-Control-Allow-Methods", policy.methods());
    put(fields, "Access-Control-Allow-Headers", policy.headers());
    fields.put("Access-Control-Max-Age", Long.toString(policy.maxAge().toSeconds()));
    return fields;
  }

  private static Map<String, String> onAnswers(CorsPolicy policy) {
    Map<String, String> fields = new LinkedHashMap<>();
    put(fields, "Access-Control-Expose-Headers", policy.exposed());
    return fields;
  }

  private static void put(Map<String, String> fields, String name, List<String> values) {
    if (!values.isEmpty()) {
      fields.put(name, String.join(", ", values));
    }
  }

  /** On every answer: a cache must not give the answer to one origin to another, or to none. */
  @Override
  public void addHeaders(GateRequest request, Decision.Builder decision) {
    decision.header("Vary", ORIGIN);
  }

  @Override
  public Optional<Verdict> judge(GateRequest request, Target target, Decision.Builder decision) {
    Optional<WebOrigin> origin = origin(request);
    if (origin.isEmpty()) {
      return Optional.empty();
    }
    if (!isPreflight(request, target)) {
      permit(origin.get(), decision);
      onAnswers.forEach(decision::header);
      return Optional.empty();
    }
    decision.header("Vary", PREFLIGHT_VARY);
    if (!request.headers(PRIVATE_NETWORK).isEmpty()) {
      return Optional.of(new Verdict(
          Outcome.PREFLIGHT, "a preflight for a private network, which is never permitted"));
    }
    permit(origin.get(), decision);
    onPreflights.forEach(decision::header);
    return Optional.of(new Verdict(Outcome.PREFLIGHT, "a preflight of a permitted origin"));
  }

  /** The origin that a request names, if it names one and that one is permitted. */
  private Optional<WebOrigin> origin(GateRequest request) {
    return request
        .header(ORIGIN)
        .flatMap(WebOrigin::parse)
        .filter(named -> policy.any() || policy.origins().contains(named));
  }

  private static boolean isPreflight(GateRequest request, Target target) {
    return request.dispatch() == Dispatch.REQUEST
        && target.method().equals("OPTIONS")
        && request.header(REQUEST_METHOD).isPresent();
  }

  private void permit(WebOrigin origin, Decision.Builder decision) {
    decision.header("Access-Control-Allow-Origin", policy.any() ? "*" : origin.toString());
    if (policy.credentials()) {
      decision.header("Access-Control-Allow-Credentials", "true");
    }
  }
}
