package io.sallyport.core;

import io.sallyport.api.Identity;
import io.sallyport.api.Profile;
import io.sallyport.api.Restrictions;
import io.sallyport.api.StoredToken;
import io.sallyport.api.TokenDetails;
import io.sallyport.api.TokenKind;
import io.sallyport.api.TokenOwner;
import io.sallyport.api.TokenRequest;
import io.sallyport.core.internal.http.ErrorBodies;
import io.sallyport.core.internal.http.ErrorBodies.EndpointFault;
import io.sallyport.core.internal.http.FormText;
import io.sallyport.core.internal.http.JsonText;
import io.sallyport.core.internal.http.TokenBodies;
import io.sallyport.core.internal.http.TokenListing;
import io.sallyport.core.internal.http.TokenRequestReader;
import io.sallyport.spi.NotPermittedException;
import io.sallyport.spi.TokenPage;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes tokens for the caller ({@code POST /tokens}, in the form {@code cloudify-3} {@code GET} too), lists
 * those that are stored ({@code GET /tokens}), and shows and ends them ({@code GET} and {@code DELETE
 * /tokens/ID}; {@code DELETE /tokens?issued_before=now} for all).
 *
 * <p>Mapped by {@link SallyportInitializer} or {@link Sallyport#register} where {@code endpoints: {tokens:
 * /tokens}} is configured; a {@code web.xml} may map it instead, to {@code /tokens} and {@code /tokens/*}.
 * Who may ask is for the rules to say; whose tokens a caller sees, for {@code permissions}.
 *
 * @since 0.1
 */
public final class TokensServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String ID = "[A-Za-z0-9._-]{1,128}";
  private static final String ISSUED_BEFORE = "issued_before";
  private static final Set<String> PARAMETERS_OF_DELETE =
      Set.of(ISSUED_BEFORE, "username", "userstore");

  /** For containers. */
  public TokensServlet() {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Sallyport sallyport = Sallyport.of(getServletContext())
        .orElseThrow(() -> new ServletException(
            "the tokens endpoint needs the Sallyport filter in the same application"));
    String path = text(request.getServletPath()) + text(request.getPathInfo());
    TokenEndpoint endpoint = sallyport
        .endpoints()
        .at(path)
        .orElseGet(() -> new TokenEndpoint(text(request.getServletPath()), null, null));
    new Call(sallyport, endpoint, path, request, response).run();
  }

  private static String text(@Nullable String path) {
    return path == null ? "" : path;
  }

  /** One request. */
  private static final class Call {

    private final Sallyport sallyport;
    private final Tokens tokens;
    private final TokenEndpoint endpoint;
    private final Profile form;
    private final String below;
    private final HttpServletRequest request;
    private final EndpointAnswer answer;
    private final TokenBodies bodies;

    Call(
        Sallyport sallyport,
        TokenEndpoint endpoint,
        String path,
        HttpServletRequest request,
        HttpServletResponse response) {
      this.sallyport = sallyport;
      this.tokens = sallyport.tokens();
      this.endpoint = endpoint;
      this.form = endpoint.form(sallyport.profile());
      this.below = path.substring(endpoint.path().length());
      this.request = request;
      this.answer = new EndpointAnswer(ErrorBodies.of(form), response);
      this.bodies = new TokenBodies(form);
    }

    void run() throws IOException {
      List<String> allowed = allowed();
      String method = request.getMethod();
      if (!allowed.contains(method)) {
        answer.response().setHeader("Allow", String.join(", ", allowed));
        answer.fault(
            EndpointFault.METHOD, "This method is not supported here, but " + allowed + " is.");
        return;
      }
      boolean mints = method.equals("POST") || form == Profile.CLOUDIFY_3;
      if (mints && tokens.generator(endpoint.generator()).isEmpty()) {
        answer.fault(
            EndpointFault.NO_TOKENS,
            "token generation not supported, an auth token generator was not registered");
        return;
      }
      Optional<Identity> caller = Sallyport.identity(request);
      if (caller.isEmpty()) {
        answer.fault(
            EndpointFault.NOT_SECURED,
            "token generation not supported, application is not secured");
        return;
      }
      answer.attempt(() -> serve(caller.get(), method, mints));
    }

    private List<String> allowed() {
      if (form == Profile.CLOUDIFY_3) {
        return List.of("GET", "POST");
      }
      if (!below.isEmpty()) {
        return List.of("GET", "HEAD", "DELETE");
      }
      return tokens.hasStore() ? List.of("GET", "HEAD", "POST", "DELETE") : List.of("POST");
    }

    private void serve(Identity caller, String method, boolean mints) throws IOException {
      if (mints) {
        mint(caller, method);
      } else if (method.equals("DELETE")) {
        if (below.isEmpty()) {
          deleteAll(caller);
        } else {
          delete(caller);
        }
      } else if (below.isEmpty()) {
        list(caller);
      } else {
        show(caller);
      }
    }

    private void mint(Identity caller, String method) throws IOException {
      TokenRequest wish = TokenRequest.defaults();
      if (method.equals("POST")) {
        wish = TokenRequestReader.read(
            request.getInputStream(), tokens.now(), "Expiration date was in the past.");
        if (!wish.equals(TokenRequest.defaults()) && !isJson(request.getContentType())) {
          answer.fault(EndpointFault.CONTENT_TYPE, "The body must be application/json.");
          return;
        }
      }
      var issued = tokens.issue(endpoint.generator(), caller, wish);
      answer.json(bodies.issued(caller, issued, wish.restrictions()));
    }

    /** Whoever says nothing of the body is believed on its being what belongs here. */
    private static boolean isJson(@Nullable String contentType) {
      return contentType == null
          || contentType
              .split(";", 2)[0]
              .strip()
              .toLowerCase(Locale.ROOT)
              .equals(EndpointAnswer.JSON);
    }

    private void list(Identity caller) throws IOException {
      TokenListing listing = TokenListing.of(FormText.parse(request.getQueryString()));
      for (String name : listing.include()) {
        if (!bodies.isMember(name)) {
          answer.fault(EndpointFault.NO_SUCH_FIELD, "_include names what no token has.");
          return;
        }
      }
      TokenPage page = page(caller, listing);
      List<Map<String, @Nullable Object>> items = new ArrayList<>();
      Map<TokenOwner, Set<String>> roles = new HashMap<>();
      for (StoredToken token : page.tokens()) {
        items.add(item(caller, token, roles));
      }
      answer.json(bodies.page(items, listing, page.total()));
    }

    private TokenPage page(Identity caller, TokenListing listing) {
      if (!isNarrow(caller)) {
        return tokens.list(
            mayManageOthers(caller) ? listing.query() : listing.of(TokenOwner.of(caller), null));
      }
      Optional<String> own = ownId(caller);
      String wanted = listing.query().id();
      return own.isEmpty() || (wanted != null && !wanted.equals(own.get()))
          ? new TokenPage(List.of(), 0)
          : tokens.list(listing.of(TokenOwner.of(caller), own.get()));
    }

    private Map<String, @Nullable Object> item(
        Identity caller, StoredToken token, Map<TokenOwner, Set<String>> roles) {
      if (form == Profile.STANDARD) {
        return bodies.stored(token, Set.of());
      }
      return bodies.stored(
          token,
          token.owner().equals(TokenOwner.of(caller))
              ? caller.roles()
              : roles.computeIfAbsent(token.owner(), tokens::rolesOf));
    }

    private void show(Identity caller) throws IOException {
      Optional<StoredToken> token = visible(caller);
      if (token.isEmpty()) {
        notFound();
      } else {
        answer.json(JsonText.object(item(caller, token.get(), new HashMap<>())));
      }
    }

    private void delete(Identity caller) throws IOException {
      Optional<TokenDetails> presented = caller
          .token()
          .filter(token -> token.kind() == TokenKind.SIGNED && below.equals("/" + token.id()));
      if (tokens.hasStore() && presented.isPresent()) {
        // which signs out with the token that asks for it
        tokens.revoke(presented.get(), TokenOwner.of(caller));
      } else {
        Optional<StoredToken> token = visible(caller);
        if (token.isEmpty() || !tokens.revoke(token.get().id())) {
          notFound();
          return;
        }
      }
      answer.empty(HttpServletResponse.SC_NO_CONTENT);
    }

    /** The token that the path names; none as well if it is not for this caller to see. */
    private Optional<StoredToken> visible(Identity caller) {
      String id = below.substring(1);
      if (!tokens.hasStore() || !id.matches(ID)) {
        return Optional.empty();
      }
      return tokens.find(id).filter(token -> isVisible(caller, token));
    }

    private boolean isVisible(Identity caller, StoredToken token) {
      boolean own = token.owner().equals(TokenOwner.of(caller));
      return isNarrow(caller)
          ? own && ownId(caller).filter(token.id()::equals).isPresent()
          : own || mayManageOthers(caller);
    }

    private void notFound() throws IOException {
      String id = below.substring(1);
      answer.fault(
          EndpointFault.NOT_FOUND,
          id.matches(ID) ? "Could not find token " + id : "Could not find such a token");
    }

    private void deleteAll(Identity caller) {
      Map<String, String> parameters = FormText.parse(request.getQueryString());
      if (!PARAMETERS_OF_DELETE.containsAll(parameters.keySet())
          || !parameters.containsKey(ISSUED_BEFORE)) {
        throw new IllegalArgumentException(
            "Name one token in the path, or say issued_before=now to end all; username and userstore say"
                + " whose.");
      }
      if (isNarrow(caller)) {
        throw new NotPermittedException(
            "A credential that is good for some roles or tenants only cannot end all tokens.");
      }
      TokenOwner owner =
          parameters.containsKey("username") ? owner(caller, parameters) : TokenOwner.of(caller);
      tokens.revokeAll(owner, issuedBefore(parameters.get(ISSUED_BEFORE)));
      answer.empty(HttpServletResponse.SC_NO_CONTENT);
    }

    private TokenOwner owner(Identity caller, Map<String, String> parameters) {
      if (!mayManageOthers(caller)) {
        throw new NotPermittedException("Only one's own tokens may be ended.");
      }
      String store =
          parameters.getOrDefault("userstore", tokens.firstUserstore().orElse(""));
      return tokens
          .ownerOf(store, parameters.getOrDefault("username", ""))
          .orElseThrow(() -> new IllegalArgumentException("There is no such user."));
    }

    private Instant issuedBefore(@Nullable String text) {
      if (text == null || text.equals("now")) {
        return tokens.now();
      }
      try {
        return Instant.parse(text);
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "issued_before must be now or an instant such as 2030-01-31T12:00:00Z.", e);
      }
    }

    private boolean mayManageOthers(Identity caller) {
      return sallyport.endpoints().permits(caller, TokenEndpoints.MANAGE_OTHERS);
    }

    /** Whoever has such a credential is not to find out about, or end, what its user may. */
    private static boolean isNarrow(Identity caller) {
      Restrictions restrictions = caller.restrictions();
      return restrictions.roles().isPresent() || restrictions.tenants().isPresent();
    }

    private static Optional<String> ownId(Identity caller) {
      return caller.token().filter(t -> t.kind() == TokenKind.STORED).map(TokenDetails::id);
    }
  }
}
