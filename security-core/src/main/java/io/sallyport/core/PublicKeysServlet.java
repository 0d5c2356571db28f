package io.sallyport.core;

import io.sallyport.core.internal.http.ErrorBodies.EndpointFault;
import io.sallyport.core.internal.http.KeySets;
import io.sallyport.spi.TokenGenerator;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Shows the public keys that tokens are signed with, as a JWK Set (RFC 7517).
 *
 * <p>Mapped where {@code endpoints: {jwks: /.well-known/jwks.json}} is configured, or by a {@code web.xml}.
 * Who may ask is for the rules to say: to show them to everybody, open the endpoint.
 *
 * @since 0.1
 */
public final class PublicKeysServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  /** For containers. */
  public PublicKeysServlet() {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Sallyport sallyport = Sallyport.of(getServletContext())
        .orElseThrow(() -> new ServletException(
            "the endpoint of public keys needs the Sallyport filter in the same application"));
    if (!List.of("GET", "HEAD").contains(request.getMethod())) {
      response.setHeader("Allow", "GET, HEAD");
      TokenForms.answer(sallyport, response)
          .fault(EndpointFault.METHOD, "Public keys are read by GET.");
      return;
    }
    byte[] body = KeySets.union(sallyport.tokens().byName().values().stream()
        .map(TokenGenerator::publicKeys)
        .flatMap(Optional::stream)
        .toList());
    response.setHeader("Cache-Control", "public, max-age=300");
    response.setContentType("application/jwk-set+json");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
