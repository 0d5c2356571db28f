package io.sallyport.core;

import io.sallyport.api.Identity;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.core.internal.gate.TokenCheck.Asker;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Ends the token in a form (RFC 7009). The answer is 200 whether or not there was such a token; one's own
 * tokens are ended, and those of others for whom {@code manage_others_tokens} permits it.
 *
 * <p>Mapped where {@code endpoints: {token_revocation: /tokens/revoke}} is configured, or by a {@code web.xml}.
 * Who may ask is for the rules to say.
 *
 * @since 0.1
 */
public final class TokenRevocationServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** For containers. */
  public TokenRevocationServlet() {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Sallyport sallyport = Sallyport.of(getServletContext())
        .orElseThrow(() -> new ServletException(
            "the revocation endpoint needs the Sallyport filter in the same application"));
    EndpointAnswer answer = TokenForms.answer(sallyport, response);
    TokenForms.serve(
        sallyport,
        request,
        response,
        (caller, token, asker) -> revoke(sallyport, caller, token, asker, answer));
  }

  private static void revoke(
      Sallyport sallyport, Identity caller, String token, Asker asker, EndpointAnswer answer)
      throws IOException {
    Optional<Identity> owner = sallyport.tokenCheck().identity(token, asker);
    if (owner
        .flatMap(Identity::token)
        .filter(t -> t.kind() == TokenKind.OUTSIDE)
        .isPresent()) {
      answer.oauthError(
          "unsupported_token_type", "A token of an outside issuer is ended by its issuer.");
      return;
    }
    if (owner.isPresent() && mayEnd(sallyport, caller, owner.get())) {
      sallyport.tokens().revoke(owner.get().token().orElseThrow(), TokenOwner.of(owner.get()));
    }
    answer.empty(HttpServletResponse.SC_OK);
  }

  private static boolean mayEnd(Sallyport sallyport, Identity caller, Identity owner) {
    return TokenOwner.of(caller).equals(TokenOwner.of(owner))
        || sallyport.endpoints().permits(caller, TokenEndpoints.MANAGE_OTHERS);
  }
}
