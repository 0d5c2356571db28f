package io.sallyport.containers;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One handler, for every method. */
final class HandlerServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  private final transient Reached reached;
  private final Handler handler;

  HandlerServlet(Reached reached, Handler handler) {
    this.reached = reached;
    this.handler = handler;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    reached.handle(handler, info(request), request, response);
  }

  private static @Nullable String info(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.INCLUDE
        ? (String) request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO)
        : request.getPathInfo();
  }
}
