package io.sallyport.core.internal.http;

import io.sallyport.api.Attempt;
import io.sallyport.api.Decision;
import io.sallyport.api.Identity;
import io.sallyport.api.Outcome;
import io.sallyport.api.Profile;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of the Cloudify Manager, with the codes and words that its clients know. Clients up to 3.4
 * fail without all three members, so the trace is there and always null.
 */
final class CloudifyBodies implements ErrorBodies {

  private static final Set<EndpointFault> UNAUTHORIZED_IN_GENERATION_3 =
      EnumSet.of(EndpointFault.NOT_PERMITTED, EndpointFault.NO_TOKENS, EndpointFault.NOT_SECURED);

  private final Profile profile;

  CloudifyBodies(Profile profile) {
    this.profile = profile;
  }

  @Override
  public int status(Decision decision) {
    // the first generation answers 401 to whatever it refuses, and knew nothing of other sites
    return profile == Profile.CLOUDIFY_3
            && decision.outcome() == Outcome.FORBIDDEN
            && !decision.isCrossSite()
        ? Outcome.UNAUTHENTICATED.status()
        : decision.outcome().status();
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public byte[] body(Decision decision) {
    return switch (decision.outcome()) {
      case UNAUTHENTICATED -> error("unauthorized_error", unauthorized(decision));
      case FORBIDDEN ->
        profile == Profile.CLOUDIFY_3 && !decision.isCrossSite()
            ? error("unauthorized_error", "user unauthorized")
            : error("forbidden_error", forbidden(decision));
      case INSECURE -> error("forbidden_error", "This is available over HTTPS only");
      case MALFORMED ->
        error("bad_parameters_error", "The request can be read in more ways than one");
      case THROTTLED ->
        error("too_many_requests_error", "Too many failed attempts, try again later");
      default ->
        error("service_unavailable_error", "The request cannot be checked now, try again later");
    };
  }

  private String unauthorized(Decision decision) {
    if (profile == Profile.CLOUDIFY_3) {
      return "user unauthorized";
    }
    if (isOfATokenThatHasEnded(decision)) {
      return "User unauthorized: Unauthorized";
    }
    if (decision.claimedName().isPresent()) {
      return "User unauthorized: Authentication failed for <User username=`"
          + decision.claimedName().get()
          + "`>. Wrong credentials or locked account";
    }
    return decision.attempts().stream().map(Attempt::answer).allMatch("not_presented"::equals)
        ? "User unauthorized: No authentication info provided"
        : "User unauthorized: Unauthorized";
  }

  /** Such a token gets the words for one that never was, and not its owner's name. */
  private static boolean isOfATokenThatHasEnded(Decision decision) {
    return decision.attempts().stream()
        .map(Attempt::answer)
        .filter(answer -> !answer.equals("not_presented") && !answer.equals("foreign"))
        .findFirst()
        .filter(answer -> answer.equals("expired") || answer.equals("revoked"))
        .isPresent();
  }

  private static String forbidden(Decision decision) {
    if (decision.isCrossSite()) {
      return CrossSiteText.of(decision);
    }
    String name = decision.identity().map(Identity::name).orElse("");
    String action = decision.method() + " " + decision.path();
    return "User `" + name + "` is not permitted to perform the action " + action
        + decision.tenant().map(tenant -> " in the tenant `" + tenant + "`").orElse("");
  }

  @Override
  public byte[] body(EndpointFault fault, String detail) {
    return switch (fault) {
      case BAD_INPUT -> error("bad_parameters_error", detail);
      case NOT_PERMITTED ->
        profile == Profile.CLOUDIFY_3
            ? error("unauthorized_error", "user unauthorized")
            : error("forbidden_error", detail);
      case NO_SUCH_FIELD -> error("no_such_include_field_error", detail);
      case NOT_FOUND -> error("not_found_error", detail);
      case CONTENT_TYPE -> error("unsupported_content_type_error", detail);
      case NO_TOKENS -> error("no_token_generator_error", detail);
      case NOT_SECURED -> error("application_not_secured_error", detail);
      case METHOD -> error("method_not_allowed_error", detail);
      case UNAVAILABLE -> error("service_unavailable_error", detail);
    };
  }

  @Override
  public int status(EndpointFault fault) {
    boolean unauthorized =
        profile == Profile.CLOUDIFY_3 && UNAUTHORIZED_IN_GENERATION_3.contains(fault);
    return unauthorized ? Outcome.UNAUTHENTICATED.status() : fault.status();
  }

  private static byte[] error(String code, String message) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("message", message);
    members.put("error_code", code);
    members.put("server_traceback", null);
    return JsonText.object(members);
  }
}
