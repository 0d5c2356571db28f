package io.sallyport.examples.webapp;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Hands a request on as its parameters say, and reports an exception instead of passing it on. */
@WebServlet(
    urlPatterns = {"/open/dispatch", "/account/dispatch"},
    asyncSupported = true)
public final class DispatchingServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String to = request.getParameter("to");
    response.setHeader("Left-Over", "of the dispatching servlet");
    response.getWriter().print("left over;");
    if (request.getParameter("commit") != null) {
      response.flushBuffer();
    }
    try {
      dispatch(request.getParameter("how"), to, request, response);
    } catch (ServletException e) {
      response.getWriter().print("thrown=" + e.getClass().getName() + ";");
    }
  }

  private void dispatch(
      String how, String to, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    switch (how) {
      case "forward" -> request.getRequestDispatcher(to).forward(request, response);
      case "include" -> {
        String before = CallerServlet.describe(request);
        request.getRequestDispatcher(to).include(request, response);
        response.getWriter().print("unchanged=" + before.equals(CallerServlet.describe(request)));
      }
      case "named" -> {
        RequestDispatcher named = getServletContext().getNamedDispatcher(to);
        named.forward(request, response);
      }
      default -> {
        AsyncContext async = request.startAsync(request, response);
        async.dispatch(to);
      }
    }
  }
}
