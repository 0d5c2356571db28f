package io.sallyport.core.internal.audit;

import io.sallyport.api.Attempt;
import io.sallyport.api.Decision;
import io.sallyport.api.Identity;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The lines that operators of the Cloudify Manager know, for people: always one line a decision, with the
 * decision's id at its end.
 */
final class ClassicLayout implements AuditLayout {

  private final DateTimeFormatter time;

  ClassicLayout(ZoneId zone) {
    this.time = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss", Locale.ROOT).withZone(zone);
  }

  @Override
  public byte[] line(Decision decision, AuditLevel level) {
    var line = new StringBuilder(256);
    time.formatTo(decision.time(), line);
    line.append(" [").append(level).append("] [sallyport] ");
    appendMessage(line, decision);
    line.append(" [decision ").append(decision.id()).append("]\n");
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void appendMessage(StringBuilder line, Decision decision) {
    switch (decision.outcome()) {
      case ALLOWED -> appendAllowed(line, decision);
      case UNAUTHENTICATED -> appendUnauthenticated(line, decision);
      case FORBIDDEN -> appendForbidden(line, decision);
      case OPEN -> appendUndecidedCaller(line, decision, "open endpoint called");
      case BYPASSED ->
        appendUndecidedCaller(line, decision, "request let through without authentication");
      case PREFLIGHT -> appendUndecidedCaller(line, decision, "preflight answered");
      case REDIRECTED -> appendUndecidedCaller(line, decision, "request sent on to HTTPS");
      case INSECURE -> appendUndecidedCaller(line, decision, "plain HTTP refused");
      case MALFORMED -> appendUndecidedCaller(line, decision, "bad request refused");
      case THROTTLED -> appendUndecidedCaller(line, decision, "too many failures, request refused");
      case UNAVAILABLE -> appendUndecidedCaller(line, decision, "request could not be decided");
    }
  }

  private static void appendAllowed(StringBuilder line, Decision decision) {
    appendUser(line, decision);
    line.append(" authenticated successfully");
    appendHost(line, decision);
    line.append(", authentication provider: ");
    UntrustedText.append(line, decision.identity().map(Identity::provider).orElse("none"));
    appendToken(line, decision);
    line.append("; ");
    appendUser(line, decision);
    line.append(" is authorized to call ");
    appendTarget(line, decision);
  }

  private static void appendUnauthenticated(StringBuilder line, Decision decision) {
    line.append("User unauthorized; user tried to login");
    appendHost(line, decision);
    line.append("; ");
    appendAttempts(line, decision.attempts());
    decision.claimedName().ifPresent(name -> {
      line.append("claimed user \"");
      UntrustedText.append(line, name);
      line.append("\"; ");
    });
    appendTarget(line, decision);
    appendReason(line, decision);
  }

  private static void appendAttempts(StringBuilder line, List<Attempt> attempts) {
    if (attempts.isEmpty()) {
      return;
    }
    line.append("all authentication methods failed: ");
    for (Attempt attempt : attempts) {
      UntrustedText.append(line, attempt.provider());
      line.append(" authenticator: ");
      UntrustedText.append(line, attempt.detail().isEmpty() ? attempt.answer() : attempt.detail());
      line.append("; ");
    }
  }

  private static void appendForbidden(StringBuilder line, Decision decision) {
    line.append("User unauthorized; ");
    appendUser(line, decision);
    line.append(" is not authorized to call ");
    appendTarget(line, decision);
    appendHost(line, decision);
    appendToken(line, decision);
    appendReason(line, decision);
  }

  private static void appendUndecidedCaller(StringBuilder line, Decision decision, String what) {
    line.append(what);
    appendHost(line, decision);
    line.append("; ");
    appendTarget(line, decision);
    appendReason(line, decision);
  }

  /** What a token is called, never its value. */
  private static void appendToken(StringBuilder line, Decision decision) {
    decision.identity().flatMap(Identity::token).ifPresent(token -> {
      line.append(", ").append(token.kind().name().toLowerCase(Locale.ROOT)).append(" token ");
      UntrustedText.append(line, token.id());
    });
  }

  private static void appendUser(StringBuilder line, Decision decision) {
    line.append("user \"");
    UntrustedText.append(line, decision.identity().map(Identity::name).orElse("unknown"));
    line.append('"');
  }

  private static void appendHost(StringBuilder line, Decision decision) {
    line.append(" from host [");
    UntrustedText.append(
        line, decision.remoteAddress().isEmpty() ? "unknown" : decision.remoteAddress());
    line.append(']');
  }

  private static void appendTarget(StringBuilder line, Decision decision) {
    UntrustedText.append(line, decision.method());
    line.append(' ');
    UntrustedText.append(line, decision.path());
  }

  private static void appendReason(StringBuilder line, Decision decision) {
    line.append("; ");
    UntrustedText.append(line, decision.reason());
  }
}
