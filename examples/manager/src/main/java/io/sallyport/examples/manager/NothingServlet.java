package io.sallyport.examples.manager;

import io.sallyport.api.Profile;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers for every path that no other servlet has. Who may not be here was told so before. */
final class NothingServlet extends ApiServlet {

  private static final long serialVersionUID = 1L;

  NothingServlet(Profile profile) {
    super(profile);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answers(response).notFound("There is no such resource.");
  }
}
