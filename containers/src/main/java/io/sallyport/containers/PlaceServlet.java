package io.sallyport.containers;

import static java.util.Objects.requireNonNullElse;

import io.sallyport.api.Decision;
import io.sallyport.core.Sallyport;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Says whether the decision that let a request through was made for this place, by its rule. */
final class PlaceServlet extends HttpServlet {

  /** The header field that says so. */
  static final String REACHED = "X-Reached";

  /** Precedes the place of a request that is where it should be; any other value tells what is wrong. */
  static final String RIGHTLY = "rightly ";

  private static final long serialVersionUID = 1;

  private final Place place;

  PlaceServlet(Place place) {
    this.place = place;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    String path = requireNonNullElse(request.getServletPath(), "")
        + requireNonNullElse(request.getPathInfo(), "");
    String told = path.isEmpty() ? "/" : path;
    Decision decision = Sallyport.decision(request);
    String rule = decision.rule().orElse("none");
    boolean rightly = !place.isClosed()
        && Place.of(told) == place
        && decision.path().equals(told)
        && rule.endsWith(" " + place.rule());
    response.setHeader(
        REACHED,
        rightly
            ? RIGHTLY + place
            : encoded(place + " told " + told + " decided " + decision.path() + " by " + rule));
    response.setContentLength(0);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
