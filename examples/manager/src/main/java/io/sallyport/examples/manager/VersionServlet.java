package io.sallyport.examples.manager;

import io.sallyport.api.Profile;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code GET /version}: which server this is. */
final class VersionServlet extends ApiServlet {

  private static final long serialVersionUID = 1L;

  VersionServlet(Profile profile) {
    super(profile);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("version", version());
    if (profile() == Profile.CLOUDIFY_4) {
      body.put("edition", "sallyport-example");
      body.put("distribution", null);
      body.put("distro_release", null);
    }
    if (profile().isCloudify()) {
      // their clients ask for these members; the peer has no values for them either
      body.put("build", null);
      body.put("date", null);
      body.put("commit", null);
    }
    answers(response).json(HttpServletResponse.SC_OK, body);
  }

  /** From the jar's manifest; classes that are run from a folder have none. */
  private static String version() {
    return Objects.requireNonNullElse(
        VersionServlet.class.getPackage().getImplementationVersion(), "development");
  }
}
