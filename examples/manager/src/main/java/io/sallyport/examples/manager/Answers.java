package io.sallyport.examples.manager;

import io.sallyport.api.Profile;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one answer in the form that the clients of a profile expect. */
final class Answers {

  /** Where clients of version 3.4 look for resources. */
  static final String V21 = "/api/v2.1";

  private static final String JSON = "application/json";

  private final Profile profile;
  private final HttpServletResponse response;

  Answers(Profile profile, HttpServletResponse response) {
    this.profile = profile;
    this.response = response;
  }

  void json(int status, Object body) throws IOException {
    write(status, JSON, Json.bytes(body));
  }

  /** Clients look at the content type even where there is no content. */
  void noContent() {
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    response.setContentType(JSON);
  }

  /** A list, in the envelope that came with version 2 of the API. */
  void list(HttpServletRequest request, List<?> items) throws IOException {
    boolean bare = profile == Profile.CLOUDIFY_3 && !request.getServletPath().startsWith(V21);
    json(HttpServletResponse.SC_OK, bare ? items : envelope(items));
  }

  private static Map<String, @Nullable Object> envelope(List<?> items) {
    Map<String, Integer> pagination = new LinkedHashMap<>();
    pagination.put("total", items.size());
    pagination.put("offset", 0);
    pagination.put("size", items.size());
    Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
    metadata.put("pagination", pagination);
    metadata.put("filtered", null);
    Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
    envelope.put("items", items);
    envelope.put("metadata", metadata);
    return envelope;
  }

  void badInput(String detail) throws IOException {
    fault(HttpServletResponse.SC_BAD_REQUEST, "Bad Request", "bad_parameters_error", detail);
  }

  void notFound(String detail) throws IOException {
    fault(HttpServletResponse.SC_NOT_FOUND, "Not Found", "not_found_error", detail);
  }

  void conflict(String detail) throws IOException {
    fault(HttpServletResponse.SC_CONFLICT, "Conflict", "conflict_error", detail);
  }

  void methodNotAllowed(HttpServletRequest request) throws IOException {
    fault(
        HttpServletResponse.SC_METHOD_NOT_ALLOWED,
        "Method Not Allowed",
        "method_not_allowed_error",
        request.getMethod() + " is not possible here.");
  }

  private void fault(int status, String title, String code, String detail) throws IOException {
    if (profile.isCloudify()) {
      write(status, JSON, Json.bytes(cloudifyError(code, detail)));
    } else {
      write(status, "application/problem+json", Json.bytes(problem(status, title, detail)));
    }
  }

  /** RFC 9457. */
  private static Map<String, Object> problem(int status, String title, String detail) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "about:blank");
    members.put("title", title);
    members.put("status", status);
    members.put("detail", detail);
    return members;
  }

  /** Clients up to 3.4 fail without the trace, which nobody should be shown. */
  private static Map<String, @Nullable Object> cloudifyError(String code, String detail) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("message", detail);
    members.put("error_code", code);
    members.put("server_traceback", null);
    return members;
  }

  private void write(int status, String contentType, byte[] body) throws IOException {
    response.setStatus(status);
    response.setContentType(contentType);
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
