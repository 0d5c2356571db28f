package io.sallyport.core;

import io.sallyport.api.Identity;
import io.sallyport.api.Target;
import io.sallyport.core.internal.gate.TokenCheck.Asker;
import io.sallyport.core.internal.http.ErrorBodies;
import io.sallyport.core.internal.http.ErrorBodies.EndpointFault;
import io.sallyport.core.internal.http.FormText;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the endpoints of RFC 7009 and RFC 7662 have in common: a form with a token, from a known caller. */
final class TokenForms {

  private static final String FORM = "application/x-www-form-urlencoded";

  private TokenForms() {}

  /** What is done with the token. */
  interface Work {
    void run(Identity caller, String token, Asker asker) throws IOException;
  }

  static void serve(
      Sallyport sallyport, HttpServletRequest request, HttpServletResponse response, Work work)
      throws IOException, ServletException {
    EndpointAnswer answer = answer(sallyport, response);
    if (!request.getMethod().equals("POST")) {
      response.setHeader("Allow", "POST");
      answer.fault(EndpointFault.METHOD, "A token is sent by POST, in a form.");
      return;
    }
    Optional<Identity> caller = Sallyport.identity(request);
    if (caller.isEmpty()) {
      answer.fault(EndpointFault.NOT_SECURED, "Nobody is asked who sends a request here.");
      return;
    }
    if (!isForm(request.getContentType())) {
      answer.fault(EndpointFault.CONTENT_TYPE, "The body must be " + FORM + ".");
      return;
    }
    Map<String, String> form;
    try {
      form = FormText.read(request.getInputStream());
    } catch (IllegalArgumentException e) {
      answer.oauthError("invalid_request", String.valueOf(e.getMessage()));
      return;
    }
    String token = form.get("token");
    if (token == null || token.isEmpty()) {
      answer.oauthError("invalid_request", "The body must have token=… once.");
      return;
    }
    answer.attempt(() -> work.run(caller.get(), token, asker(request)));
  }

  static EndpointAnswer answer(Sallyport sallyport, HttpServletResponse response) {
    return new EndpointAnswer(ErrorBodies.of(sallyport.profile()), response);
  }

  private static boolean isForm(@Nullable String contentType) {
    return contentType != null
        && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(FORM);
  }

  private static Asker asker(HttpServletRequest request) {
    var decision = Sallyport.decision(request);
    return new Asker(
        new Target(decision.method(), decision.path()),
        InetSocketAddress.createUnresolved(
            text(request.getRemoteAddr()), Math.max(0, request.getRemotePort())),
        InetSocketAddress.createUnresolved(
            text(request.getLocalAddr()), Math.max(0, request.getLocalPort())),
        decision.remoteAddress(),
        request.isSecure());
  }

  private static String text(@Nullable String address) {
    return address == null ? "unknown" : address;
  }
}
