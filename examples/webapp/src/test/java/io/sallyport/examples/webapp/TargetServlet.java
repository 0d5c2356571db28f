package io.sallyport.examples.webapp;

import io.sallyport.core.Sallyport;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often it was reached, and tells what the library says of the caller. */
@WebServlet(
    name = "target",
    urlPatterns = {"/open/target", "/account/target", "/admin/target", "/open/count"})
public final class TargetServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final AtomicInteger reached = new AtomicInteger();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getServletPath().equals("/open/count")) {
      response.getWriter().print(reached.get());
      return;
    }
    reached.incrementAndGet();
    String caller = Sallyport.identity(request).map(Object::toString).orElse("nobody");
    response
        .getWriter()
        .print("reached by %s, remoteUser=%s;"
            .formatted(
                caller.contains("alice") ? "alice" : caller.contains("bob") ? "bob" : caller,
                request.getRemoteUser()));
  }
}
