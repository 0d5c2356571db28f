package io.sallyport.core.internal.http;

import io.sallyport.api.Challenge;
import io.sallyport.api.Decision;
import io.sallyport.api.Outcome;
import io.sallyport.api.Profile;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes the answer of a decision that lets nothing through. The header fields of the decision are there already. */
public final class Refusals {

  /** The header field with the decision's id. */
  public static final String DECISION_HEADER = "Sallyport-Decision";

  private final ErrorBodies bodies;

  /** Answers in the words of a profile. */
  public Refusals(Profile profile) {
    this.bodies = ErrorBodies.of(profile);
  }

  /** The words of the profile, for our own endpoints too. */
  public ErrorBodies bodies() {
    return bodies;
  }

  /** Answers a request that is refused. The response must not be committed yet. */
  public void write(Decision decision, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader(DECISION_HEADER, decision.id());
    response.setHeader("Cache-Control", "no-store");
    if (!hasBody(decision.outcome())) {
      response.setStatus(decision.outcome().status());
      return;
    }
    Optional<Challenge.Redirect> redirect = redirect(decision, request);
    if (redirect.isPresent()) {
      redirect.get().cookies().forEach(cookie -> response.addHeader("Set-Cookie", cookie));
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Location", redirect.get().uri().toASCIIString());
      return;
    }
    int status = bodies.status(decision);
    response.setStatus(status);
    if (status == HttpServletResponse.SC_UNAUTHORIZED) {
      addChallenges(decision, response);
    }
    decision.retryAfter().ifPresent(wait -> response.setHeader("Retry-After", seconds(wait)));
    byte[] body = bodies.body(decision);
    response.setContentType(bodies.contentType());
    send(body, response);
  }

  /** After a reset a container gives a stream again; a wrapper of the application need not know of it. */
  private static void send(byte[] body, HttpServletResponse response) throws IOException {
    ServletOutputStream out;
    try {
      out = response.getOutputStream();
    } catch (IllegalStateException e) {
      response.setCharacterEncoding(StandardCharsets.UTF_8.name());
      response.getWriter().write(new String(body, StandardCharsets.UTF_8));
      return;
    }
    response.setContentLength(body.length);
    out.write(body);
  }

  /** What is settled by the status and the header fields of the decision alone. */
  private static boolean hasBody(Outcome outcome) {
    return outcome != Outcome.PREFLIGHT && outcome != Outcome.REDIRECTED;
  }

  private static void addChallenges(Decision decision, HttpServletResponse response) {
    for (Challenge challenge : decision.challenges()) {
      if (challenge instanceof Challenge.Header header) {
        response.addHeader("WWW-Authenticate", ChallengeText.of(advice(header, decision)));
      }
    }
  }

  /** Whoever is known sent a good credential, and must not be told that it is a bad one. */
  private static Challenge.Header advice(Challenge.Header header, Decision decision) {
    if (decision.identity().isEmpty()) {
      return header;
    }
    Map<String, String> parameters = new LinkedHashMap<>(header.parameters());
    parameters.keySet().removeIf(name -> name.startsWith("error"));
    return new Challenge.Header(header.scheme(), parameters);
  }

  /**
   * A redirect helps a person who follows a link, and breaks every other client. Whoever is known and may
   * not would only come back from the login.
   */
  private static Optional<Challenge.Redirect> redirect(
      Decision decision, HttpServletRequest request) {
    boolean navigation = decision.outcome() == Outcome.UNAUTHENTICATED
        && "GET".equals(request.getMethod())
        && "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
    return decision.challenges().stream()
        .filter(challenge -> navigation && challenge instanceof Challenge.Redirect)
        .map(Challenge.Redirect.class::cast)
        .findFirst();
  }

  /**
   * A time to wait as {@code Retry-After} has it: whole seconds, at least one, and never less than the
   * time.
   */
  public static String seconds(Duration wait) {
    boolean isWhole = wait.toNanosPart() == 0;
    return Long.toString(Math.max(1, isWhole ? wait.toSeconds() : wait.toSeconds() + 1));
  }
}
