package io.sallyport.examples.manager;

import io.sallyport.api.Profile;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /status}: for anybody who has signed in. There are no other services to report on. */
final class StatusServlet extends ApiServlet {

  private static final long serialVersionUID = 1L;

  StatusServlet(Profile profile) {
    super(profile);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean third = profile() == Profile.CLOUDIFY_3;
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", third ? "running" : "OK");
    body.put("services", third ? List.of() : Map.of());
    answers(response).json(HttpServletResponse.SC_OK, body);
  }
}
