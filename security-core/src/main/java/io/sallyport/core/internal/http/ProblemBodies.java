package io.sallyport.core.internal.http;

import io.sallyport.api.Decision;
import io.sallyport.api.Outcome;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Problem details by RFC 9457. The types are listed in docs/http.md. */
final class ProblemBodies implements ErrorBodies {

  private static final String TYPE = "urn:sallyport:problem:";

  @Override
  public int status(Decision decision) {
    return decision.outcome().status();
  }

  @Override
  public String contentType() {
    return "application/problem+json";
  }

  @Override
  public byte[] body(Decision decision) {
    Outcome outcome = decision.outcome();
    Map<String, @Nullable Object> members =
        problem(word(outcome), title(outcome), outcome.status(), detail(decision));
    members.put("instance", "urn:sallyport:decision:" + decision.id());
    members.put("decision", decision.id());
    return JsonText.object(members);
  }

  @Override
  public byte[] body(EndpointFault fault, String detail) {
    return JsonText.object(problem(word(fault), title(fault), fault.status(), detail));
  }

  @Override
  public int status(EndpointFault fault) {
    return fault.status();
  }

  private static Map<String, @Nullable Object> problem(
      String type, String title, int status, String detail) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("type", TYPE + type);
    members.put("title", title);
    members.put("status", status);
    members.put("detail", detail);
    return members;
  }

  private static String word(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String title(Outcome outcome) {
    return switch (outcome) {
      case MALFORMED -> "Bad request";
      case INSECURE -> "HTTPS required";
      case UNAUTHENTICATED -> "Unauthenticated";
      case FORBIDDEN -> "Forbidden";
      case THROTTLED -> "Too many requests";
      case UNAVAILABLE -> "Temporarily unavailable";
      case OPEN, ALLOWED, BYPASSED, PREFLIGHT, REDIRECTED ->
        throw new IllegalArgumentException("no problem: " + outcome);
    };
  }

  private static String detail(Decision decision) {
    return switch (decision.outcome()) {
      case MALFORMED -> "The request can be read in more ways than one and was not carried out.";
      case INSECURE -> "This is available over HTTPS only.";
      case UNAUTHENTICATED -> "Valid credentials are needed.";
      case FORBIDDEN ->
        decision.isCrossSite()
            ? CrossSiteText.of(decision)
            : decision.method() + " " + decision.path() + " is not permitted to this caller.";
      case THROTTLED -> "There were too many failed attempts from this address. Try again later.";
      default -> "The request cannot be checked now. Try again later.";
    };
  }

  private static String title(EndpointFault fault) {
    return switch (fault) {
      case BAD_INPUT, NO_SUCH_FIELD -> "Bad request";
      case NOT_PERMITTED -> "Forbidden";
      case NO_TOKENS, NOT_SECURED, NOT_FOUND -> "Not found";
      case METHOD -> "Method not allowed";
      case CONTENT_TYPE -> "Unsupported media type";
      case UNAVAILABLE -> "Temporarily unavailable";
    };
  }
}
