package io.sallyport.containers;

import static java.util.Objects.requireNonNullElse;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Dispatches to wherever the parameter {@code to} says, as no application should. Where the container has
 * no dispatcher for that, the answer is 400.
 *
 * <p>What is thrown while a dispatch runs is not caught: it may be ours.
 */
final class Dispatching {

  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final String to;

  Dispatching(HttpServletRequest request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
    this.to = requireNonNullElse(request.getParameter("to"), "");
  }

  void forward() throws ServletException, IOException {
    Optional<RequestDispatcher> dispatcher = dispatcher();
    if (dispatcher.isPresent()) {
      dispatcher.get().forward(request, response);
    } else {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    }
  }

  void include() throws ServletException, IOException {
    Optional<RequestDispatcher> dispatcher = dispatcher();
    if (dispatcher.isPresent()) {
      dispatcher.get().include(request, response);
    }
  }

  private Optional<RequestDispatcher> dispatcher() {
    try {
      return Optional.ofNullable(request.getRequestDispatcher(to));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  void async() throws IOException {
    if (isAsyncTarget()) {
      dispatch(request.startAsync(request, response));
    }
  }

  void asyncBare() throws IOException {
    if (isAsyncTarget()) {
      dispatch(request.startAsync());
    }
  }

  void asyncThread() throws IOException {
    if (isAsyncTarget()) {
      AsyncContext async = request.startAsync(request, response);
      CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS).execute(() -> dispatch(async));
    }
  }

  private boolean isAsyncTarget() throws IOException {
    boolean dispatchable = to.startsWith("/") && dispatcher().isPresent();
    if (!dispatchable) {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    }
    return dispatchable;
  }

  /** This only asks for the dispatch, which runs later: whatever is thrown is the container's. */
  private void dispatch(AsyncContext async) {
    try {
      async.dispatch(to);
    } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
      response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
      async.complete();
    }
  }
}
