package io.sallyport.examples.manager;

import io.sallyport.api.Profile;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet that answers in JSON, also to methods that it does not have. */
abstract class ApiServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final Profile profile;

  ApiServlet(Profile profile) {
    this.profile = profile;
  }

  final Profile profile() {
    return profile;
  }

  final Answers answers(HttpServletResponse response) {
    return new Answers(profile, response);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answers(response).methodNotAllowed(request);
  }

  @Override
  protected void doPut(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answers(response).methodNotAllowed(request);
  }

  @Override
  protected void doDelete(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answers(response).methodNotAllowed(request);
  }

  @Override
  protected void doOptions(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    answers(response).methodNotAllowed(request);
  }

  @Override
  protected void doTrace(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    // the inherited one would send the request's header fields back, credentials included
    answers(response).methodNotAllowed(request);
  }
}
