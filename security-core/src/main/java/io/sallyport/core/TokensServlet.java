package io.sallyport.core;

import io.sallyport.api.Identity;
import io.sallyport.api.IssuedToken;
import io.sallyport.api.Profile;
import io.sallyport.api.TokenRequest;
import io.sallyport.core.internal.http.ErrorBodies;
import io.sallyport.core.internal.http.ErrorBodies.EndpointFault;
import io.sallyport.core.internal.http.JsonText;
import io.sallyport.core.internal.http.Refusals;
import io.sallyport.core.internal.http.TokenRequestReader;
import io.sallyport.spi.NotPermittedException;
import io.sallyport.spi.TokenGenerator;
import io.sallyport.spi.UnavailableException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a token for the caller: {@code POST /tokens}, and {@code GET} too under the profile {@code
 * cloudify-3}. The body may be empty or a JSON object with {@code expires}, an
 * ISO 8601 instant, and {@code description}, where the generator keeps one.
 *
 * <p>Mapped by {@link SallyportInitializer} or {@link Sallyport#register} where {@code endpoints: {tokens:
 * /tokens}} is configured; a {@code web.xml} may map it instead. Who may ask is for the rules to say.
 *
 * @since 0.1
 */
public final class TokensServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(TokensServlet.class);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  /** For containers. */
  public TokensServlet() {}

  /** Whether a GET makes a token, which the gate has to know: a link makes a browser send one. */
  static boolean mintsByGet(Profile profile) {
    return profile == Profile.CLOUDIFY_3;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Sallyport sallyport = Sallyport.of(getServletContext())
        .orElseThrow(() -> new ServletException(
            "the tokens endpoint needs the Sallyport filter in the same application"));
    Answer answer = new Answer(sallyport.refusals().bodies(), response);
    boolean mints = request.getMethod().equals("POST")
        || (request.getMethod().equals("GET") && mintsByGet(sallyport.profile()));
    if (!mints) {
      response.setHeader("Allow", mintsByGet(sallyport.profile()) ? "GET, POST" : "POST");
      answer.fault(EndpointFault.METHOD, "A token is made by POST.");
      return;
    }
    Optional<TokenGenerator> generator = sallyport.tokenGenerator();
    if (generator.isEmpty()) {
      answer.fault(
          EndpointFault.NO_TOKENS,
          "token generation not supported, an auth token generator was not registered");
      return;
    }
    generate(generator.get(), sallyport.profile(), request, answer);
  }

  private static void generate(
      TokenGenerator generator, Profile profile, HttpServletRequest request, Answer answer)
      throws IOException {
    Optional<Identity> identity = Sallyport.identity(request);
    if (identity.isEmpty()) {
      answer.fault(
          EndpointFault.NOT_SECURED, "token generation not supported, application is not secured");
      return;
    }
    try {
      TokenRequest wish = request.getMethod().equals("POST")
          ? TokenRequestReader.read(request.getInputStream())
          : TokenRequest.defaults();
      answer.token(body(profile, identity.get(), generator.generate(identity.get(), wish)));
    } catch (IllegalArgumentException e) {
      answer.fault(EndpointFault.BAD_INPUT, String.valueOf(e.getMessage()));
    } catch (NotPermittedException e) {
      answer.fault(EndpointFault.NOT_PERMITTED, String.valueOf(e.getMessage()));
    } catch (UnavailableException e) {
      LOG.error("no token can be made now: {}", e.getMessage());
      LOG.debug("why no token can be made", e);
      answer.unavailable(e.retryAfter());
    }
  }

  private static byte[] body(Profile profile, Identity identity, IssuedToken token) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    String expires = token
        .expiresAt()
        .map(end -> MILLIS.format(end.truncatedTo(ChronoUnit.MILLIS)))
        .orElse(null);
    switch (profile) {
      case CLOUDIFY_3 -> members.put("value", token.value().revealText());
      case CLOUDIFY_4 -> {
        members.put("id", token.id());
        members.put("username", identity.name());
        members.put("value", token.value().revealText());
        members.put("role", identity.roles().stream().sorted().findFirst().orElse(null));
        members.put("expiration_date", expires);
        members.put("last_used", null);
        members.put("description", null);
      }
      case STANDARD -> {
        members.put("id", token.id());
        members.put("value", token.value().revealText());
        members.put("expires", expires);
      }
    }
    return JsonText.object(members);
  }

  /** Writes what no cache may keep. */
  private record Answer(ErrorBodies bodies, HttpServletResponse response) {

    void token(byte[] body) throws IOException {
      write(HttpServletResponse.SC_OK, "application/json", body);
    }

    void fault(EndpointFault fault, String detail) throws IOException {
      write(bodies.status(fault), bodies.contentType(), bodies.body(fault, detail));
    }

    void unavailable(Duration retryAfter) throws IOException {
      response.setHeader("Retry-After", Refusals.seconds(retryAfter));
      fault(EndpointFault.UNAVAILABLE, "No token can be made now. Try again later.");
    }

    private void write(int status, String contentType, byte[] body) throws IOException {
      response.setStatus(status);
      response.setHeader("Cache-Control", "no-store");
      response.setContentType(contentType);
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
  }
}
