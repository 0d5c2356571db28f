package io.sallyport.containers;

import static java.util.Objects.requireNonNullElse;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
    Dispatching dispatching = new Dispatching(request, response);
    switch (what) {
      case "forward" -> dispatching.forward();
      case "include" -> {
        answer.mark(handler, request, response);
        dispatching.include();
      }
      case "async" -> dispatching.async();
      case "async-bare" -> dispatching.asyncBare();
      case "async-thread" -> dispatching.asyncThread();
      case "error" -> response.sendError(Integer.parseInt(request.getParameter("code")));
      case "throw" -> throw new IllegalStateException("thrown on purpose");
      default -> answer.mark(handler, request, response);
    }
  }
}
