package io.sallyport.containers;

import static java.util.Objects.requireNonNullElse;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** All handlers behind one servlet, which routes by the path as the container tells it. */
final class FrontServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  private final transient Reached reached;

  FrontServlet(Reached reached) {
    this.reached = reached;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String path = path(request);
    Handler handler = Handler.of(path);
    reached.handle(handler, handler.info(path), request, response);
  }

  private static String path(HttpServletRequest request) {
    if (request.getDispatcherType() != DispatcherType.INCLUDE) {
      return joined(request.getServletPath(), request.getPathInfo());
    }
    return joined((String) request.getAttribute(RequestDispatcher.INCLUDE_SERVLET_PATH), (String)
        request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO));
  }

  private static String joined(@Nullable String servletPath, @Nullable String pathInfo) {
    return requireNonNullElse(servletPath, "") + requireNonNullElse(pathInfo, "");
  }
}
