package io.sallyport.examples.webapp;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells what the servlet API says about the caller. */
@WebServlet(urlPatterns = {"/public", "/account", "/admin", "/closed"})
public final class CallerServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().println(describe(request));
  }

  static String describe(HttpServletRequest request) {
    return "%s: principal=%s remoteUser=%s authType=%s admin=%s"
        .formatted(
            request.getServletPath(),
            request.getUserPrincipal() == null
                ? null
                : request.getUserPrincipal().getName(),
            request.getRemoteUser(),
            request.getAuthType(),
            request.isUserInRole("admin"));
  }
}
