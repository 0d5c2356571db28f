package io.sallyport.examples.webapp;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Hands requests on: {@code /portal} includes the public page, {@code /start} forwards to the account. */
@WebServlet(urlPatterns = {"/portal", "/start"})
public final class PortalServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    if (request.getServletPath().equals("/start")) {
      request.getRequestDispatcher("/account").forward(request, response);
      return;
    }
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().println("portal");
    request.getRequestDispatcher("/public").include(request, response);
  }
}
