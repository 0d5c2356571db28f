package io.sallyport.containers;

import static java.util.Objects.requireNonNullElse;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What every handler does once it is reached: it marks, or it dispatches if its path says so. */
final class Reached {

  private static final String WENT = "went";
  private static final String GO = "/go/";

  private final Answer answer;

  Reached(Answer answer) {
    this.answer = answer;
  }

  void handle(
      Handler handler,
      @Nullable String info,
      HttpServletRequest request,
      HttpServletResponse response)
      throws ServletException, IOException {
    String rest = handler.dispatches() ? requireNonNullElse(info, "") : "";
    if (rest.startsWith(GO) && request.getAttribute(WENT) == null) {
      request.setAttribute(WENT, true);
      go(rest.substring(GO.length()), handler, request, response);
    } else {
      answer.mark(handler, request, response);
    }
  }

  private void go(
      String what, Handler handler, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    switch (what) {
      case "forward" -> request.getRequestDispatcher(to(request)).forward(request, response);
      case "include" -> {
        answer.mark(handler, request, response);
        request.getRequestDispatcher(to(request)).include(request, response);
      }
      case "async" -> request.startAsync(request, response).dispatch(to(request));
      case "async-bare" -> request.startAsync().dispatch(to(request));
      case "async-thread" -> dispatchLater(request.startAsync(request, response), to(request));
      case "error" -> response.sendError(Integer.parseInt(request.getParameter("code")));
      case "throw" -> throw new IllegalStateException("thrown on purpose");
      default -> answer.mark(handler, request, response);
    }
  }

  private static String to(HttpServletRequest request) {
    return request.getParameter("to");
  }

  private static void dispatchLater(AsyncContext async, String to) {
    CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS).execute(() -> async.dispatch(to));
  }
}
