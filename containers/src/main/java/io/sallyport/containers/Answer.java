package io.sallyport.containers;

import static java.util.Objects.requireNonNullElse;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The marker by which a request that has reached a handler is known. */
final class Answer {

  private final Protection protection;

  Answer(Protection protection) {
    this.protection = protection;
  }

  /** Says who was reached, by whom and how. */
  void mark(Handler handler, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    DispatcherType type = request.getDispatcherType();
    if (handler != Handler.ERROR_PAGE && type != DispatcherType.INCLUDE) {
      response.setStatus(HttpServletResponse.SC_OK);
    }
    response.addHeader("X-Reached", handler.label());
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().write(line(handler, request));
    if (handler == Handler.TOKENS) {
      response.getWriter().write(token(request));
    }
    response.getWriter().flush();
  }

  private String line(Handler handler, HttpServletRequest request) {
    return "REACHED " + handler.label()
        + " user=" + encoded(request.getRemoteUser())
        + " method=" + encoded(request.getMethod())
        + " tenant=" + encoded(protection.tenant(request).orElse(null))
        + "\n";
  }

  private String token(HttpServletRequest request) {
    return protection
        .token(request)
        .map(value -> "\"value\":\"" + value + "\"\n")
        .orElse("\"value\":null\n");
  }

  private static String encoded(@Nullable String text) {
    return URLEncoder.encode(requireNonNullElse(text, "-"), StandardCharsets.UTF_8);
  }
}
