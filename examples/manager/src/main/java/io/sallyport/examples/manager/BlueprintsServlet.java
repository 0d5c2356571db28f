package io.sallyport.examples.manager;

import io.sallyport.api.Identity;
import io.sallyport.api.Profile;
import io.sallyport.core.Sallyport;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Optional;

/** {@code /blueprints} and {@code /blueprints/ID}. */
final class BlueprintsServlet extends ApiServlet {

  private static final long serialVersionUID = 1L;

  private final transient Blueprints blueprints;
  private final transient InstantSource clock;

  BlueprintsServlet(Profile profile, Blueprints blueprints, InstantSource clock) {
    super(profile);
    this.blueprints = blueprints;
    this.clock = clock;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String id = id(request);
    if (id.isEmpty()) {
      answers(response)
          .list(request, blueprints.all().stream().map(Blueprint::members).toList());
      return;
    }
    Optional<Blueprint> found = blueprints.find(id);
    if (found.isPresent()) {
      answers(response).json(HttpServletResponse.SC_OK, found.get().members());
    } else {
      missing(id, response);
    }
  }

  @Override
  protected void doPut(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String id = id(request);
    if (!Blueprint.isId(id)) {
      answers(response)
          .badInput("A blueprint's id has 1 to 256 letters, digits, dots, dashes and underscores.");
      return;
    }
    // an archive, though clients call it JSON
    request.getInputStream().transferTo(OutputStream.nullOutputStream());
    Blueprint made = new Blueprint(id, clock.instant(), caller(request));
    if (blueprints.add(made)) {
      answers(response).json(HttpServletResponse.SC_CREATED, made.members());
    } else {
      answers(response).conflict("Blueprint `" + id + "` already exists");
    }
  }

  @Override
  protected void doDelete(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String id = id(request);
    Optional<Blueprint> removed = blueprints.remove(id);
    if (removed.isEmpty()) {
      missing(id, response);
    } else if (profile() == Profile.CLOUDIFY_3) {
      answers(response).json(HttpServletResponse.SC_OK, removed.get().members());
    } else {
      answers(response).noContent();
    }
  }

  /** The filter has found out who it is; empty only where the configuration opens this endpoint. */
  private static String caller(HttpServletRequest request) {
    return Sallyport.identity(request).map(Identity::name).orElse("anonymous");
  }

  private void missing(String id, HttpServletResponse response) throws IOException {
    // an id that cannot be one is not sent back
    answers(response)
        .notFound(
            Blueprint.isId(id)
                ? "Requested `Blueprint` with ID `" + id + "` was not found"
                : "There is no such resource.");
  }

  private static String id(HttpServletRequest request) {
    String info = request.getPathInfo();
    return info == null || info.equals("/") ? "" : info.substring(1);
  }
}
