package io.sallyport.core;

import io.sallyport.core.internal.http.ErrorBodies;
import io.sallyport.core.internal.http.ErrorBodies.EndpointFault;
import io.sallyport.core.internal.http.JsonText;
import io.sallyport.core.internal.http.Refusals;
import io.sallyport.spi.NotPermittedException;
import io.sallyport.spi.UnavailableException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what no cache may keep. */
record EndpointAnswer(ErrorBodies bodies, HttpServletResponse response) {

  static final String JSON = "application/json";
  private static final Logger LOG = LoggerFactory.getLogger(EndpointAnswer.class);

  /** What an endpoint does. */
  interface Work {
    void run() throws IOException;
  }

  /** Does it, and tells in its own words what goes wrong. */
  void attempt(Work work) throws IOException {
    try {
      work.run();
    } catch (IllegalArgumentException e) {
      fault(EndpointFault.BAD_INPUT, String.valueOf(e.getMessage()));
    } catch (NotPermittedException e) {
      fault(EndpointFault.NOT_PERMITTED, String.valueOf(e.getMessage()));
    } catch (UnavailableException e) {
      LOG.error("a token cannot be made, told or ended now: {}", e.getMessage());
      LOG.debug("why a token cannot be made, told or ended", e);
      response.setHeader("Retry-After", Refusals.seconds(e.retryAfter()));
      fault(EndpointFault.UNAVAILABLE, "This cannot be done now. Try again later.");
    }
  }

  void json(byte[] body) throws IOException {
    write(HttpServletResponse.SC_OK, JSON, body);
  }

  void fault(EndpointFault fault, String detail) throws IOException {
    write(bodies.status(fault), bodies.contentType(), bodies.body(fault, detail));
  }

  /** As RFC 6749 section 5.2 says. */
  void oauthError(String code, String description) throws IOException {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("error", code);
    members.put("error_description", description);
    write(HttpServletResponse.SC_BAD_REQUEST, JSON, JsonText.object(members));
  }

  void empty(int status) {
    response.setStatus(status);
    response.setHeader("Cache-Control", "no-store");
    response.setContentType(JSON);
  }

  private void write(int status, String contentType, byte[] body) throws IOException {
    response.setStatus(status);
    response.setHeader("Cache-Control", "no-store");
    response.setContentType(contentType);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
