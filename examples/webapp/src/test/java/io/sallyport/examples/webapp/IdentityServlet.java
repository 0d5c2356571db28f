package io.sallyport.examples.webapp;

import io.sallyport.core.Sallyport;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Asks the library for the caller, as an application does that wants to notice that nothing guards it. */
@WebServlet("/identity")
public final class IdentityServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      response.getWriter().print("decided: " + Sallyport.identity(request).isPresent());
    } catch (IllegalStateException e) {
      response.getWriter().print(e.getMessage());
    }
  }
}
