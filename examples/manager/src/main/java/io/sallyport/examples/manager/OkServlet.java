package io.sallyport.examples.manager;

import io.sallyport.api.Profile;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /ok}: whether the server answers, for probes that have no credentials. */
final class OkServlet extends ApiServlet {

  private static final long serialVersionUID = 1L;

  OkServlet(Profile profile) {
    super(profile);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().print("OK");
  }
}
