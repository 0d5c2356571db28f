package io.sallyport.core;

import io.sallyport.api.Identity;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.core.internal.gate.TokenCheck.Asker;
import io.sallyport.core.internal.http.JsonText;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells about the token in a form (RFC 7662) what the gate would say of a request with it. One's own tokens
 * are told about, and those of others where {@code introspect_tokens} permits it; of all the rest, and of
 * refresh tokens, which no resource may accept, nothing is said but that they are not active.
 *
 * <p>Mapped where {@code endpoints: {token_introspection: /tokens/introspect}} is configured, or by a {@code
 * web.xml}. Who may ask is for the rules to say.
 *
 * @since 0.1
 */
public final class TokenIntrospectionServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** For containers. */
  public TokenIntrospectionServlet() {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Sallyport sallyport = Sallyport.of(getServletContext())
        .orElseThrow(() -> new ServletException(
            "the introspection endpoint needs the Sallyport filter in the same application"));
    EndpointAnswer answer = TokenForms.answer(sallyport, response);
    TokenForms.serve(
        sallyport,
        request,
        response,
        (caller, token, asker) ->
            answer.json(JsonText.object(members(sallyport, caller, token, asker))));
  }

  private static Map<String, @Nullable Object> members(
      Sallyport sallyport, Identity caller, String token, Asker asker) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    Optional<Identity> found = sallyport
        .tokenCheck()
        .identity(token, asker)
        .filter(owner -> mayBeTold(sallyport, caller, owner));
    members.put("active", found.isPresent());
    found.ifPresent(owner -> tell(owner, owner.token().orElseThrow(), members));
    return members;
  }

  private static boolean mayBeTold(Sallyport sallyport, Identity caller, Identity owner) {
    boolean isRefresh =
        owner.token().filter(token -> token.kind() == TokenKind.REFRESH).isPresent();
    return !isRefresh
        && (TokenOwner.of(caller).equals(TokenOwner.of(owner))
            || sallyport.endpoints().permits(caller, TokenEndpoints.INTROSPECT));
  }

  private static void tell(
      Identity owner, TokenDetails token, Map<String, @Nullable Object> members) {
    members.put("token_type", "Bearer");
    members.put("kind", token.kind().name().toLowerCase(Locale.ROOT));
    members.put("jti", token.id());
    members.put("sub", owner.id());
    members.put("username", owner.name());
    members.put("userstore", owner.store());
    members.put("iat", token.issuedAt().getEpochSecond());
    token.end().ifPresent(end -> members.put("exp", end.getEpochSecond()));
    members.put("roles", new TreeSet<>(owner.roles()));
    owner
        .restrictions()
        .tenants()
        .ifPresent(tenants -> members.put("tenants", new TreeSet<>(tenants)));
    owner.restrictions().endpoints().ifPresent(endpoints -> members.put("endpoints", endpoints));
  }
}
