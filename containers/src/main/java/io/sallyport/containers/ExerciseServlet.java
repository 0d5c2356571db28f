package io.sallyport.containers;

import static java.util.Objects.requireNonNullElse;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What applications do with requests beyond answering them; the end of the path says which. */
final class ExerciseServlet extends HttpServlet {

  private static final long serialVersionUID = 1;

  /** How often a request that somebody had kept was found to have another caller. */
  private static final AtomicInteger MIXED_UP = new AtomicInteger();

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    response.setContentType("text/plain;charset=UTF-8");
    DispatcherType type = request.getDispatcherType();
    String what = what(request);
    if (type == DispatcherType.REQUEST || what.startsWith("nested")) {
      exercise(what, request, response);
    } else {
      response.getWriter().print(type + " " + Caller.of(request) + ";");
    }
  }

  private static String what(HttpServletRequest request) {
    Object info = request.getDispatcherType() == DispatcherType.INCLUDE
        ? request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO)
        : request.getPathInfo();
    return requireNonNullElse(info, "/").toString().substring(1);
  }

  private void exercise(String what, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    switch (what) {
      case "who" -> response.getWriter().print(Caller.of(request) + " " + request.getMethod());
      case "form" -> response.getWriter().print(text(request) + " " + Caller.of(request));
      case "virtual" -> response.getWriter().print(VirtualThreads.isCurrent());
      case "mixed-up" -> response.getWriter().print(MIXED_UP.get());
      case "forward" -> {
        leaveSomethingOver(response);
        request.getRequestDispatcher(to(request)).forward(request, response);
      }
      case "include", "nested-include" -> {
        leaveSomethingOver(response);
        request.getRequestDispatcher(to(request)).include(request, response);
      }
      case "include-committed" -> {
        leaveSomethingOver(response);
        response.flushBuffer();
        request.getRequestDispatcher(to(request)).include(request, response);
      }
      case "named" ->
        getServletContext().getNamedDispatcher(to(request)).forward(request, response);
      case "nested" ->
        request.getRequestDispatcher("/api/exercise/nested-include").forward(request, response);
      case "nested-async" -> dispatchLater(request.startAsync(), request.getParameter("last"));
      case "error" -> response.sendError(Integer.parseInt(to(request)));
      default -> exerciseLater(what, request, response);
    }
  }

  private static void exerciseLater(
      String what, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    switch (what) {
      case "bare" -> answerLater(request.startAsync(), pause(request));
      case "asked" -> {
        request.startAsync();
        answerLater(request.getAsyncContext(), pause(request));
      }
      case "own" -> answerLater(request.startAsync(request, response), pause(request));
      case "kept" -> askAfterTheEnd(request, request.startAsync());
      case "again" -> later(pause(request)).execute(request.startAsync()::dispatch);
      case "async" -> dispatchLater(request.startAsync(), to(request));
      case "async-own" -> dispatchLater(request.startAsync(request, response), to(request));
      case "read" -> new StreamedEcho(request.startAsync()).begin();
      case "stream" -> new StreamedAnswer(request.startAsync(), Caller.of(request)).begin();
      case "events" -> tellEvents(request.startAsync(), 1);
      case "late" -> {
        AsyncContext async = request.startAsync();
        async.addListener(new LateAnswer());
        async.setTimeout(50);
      }
      case "thrown" -> throw new IllegalStateException("thrown on purpose");
      case "thrown-heard" -> {
        request.startAsync().addListener(new SilentListener());
        throw new IllegalStateException("thrown on purpose");
      }
      case "thrown-unheard" -> {
        // Jetty 12, with our filter and without, answers no sooner than the time is over where no
        // listener could hear of what is thrown; Tomcat and Undertow answer at once
        request.startAsync().setTimeout(500);
        throw new IllegalStateException("thrown on purpose");
      }
      default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
    }
  }

  private static String to(HttpServletRequest request) {
    return request.getParameter("to");
  }

  private static int pause(HttpServletRequest request) {
    return Integer.parseInt(requireNonNullElse(request.getParameter("pause"), "0"));
  }

  private static void leaveSomethingOver(HttpServletResponse response) throws IOException {
    response.setHeader("Left-Over", "header");
    response.addCookie(new Cookie("left", "over"));
    response.getWriter().print("left over;");
  }

  private static String text(HttpServletRequest request) throws IOException {
    return new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Executor later(int millis) {
    return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
  }

  private static void dispatchLater(AsyncContext async, String to) {
    later(10).execute(() -> async.dispatch(to));
  }

  private static void answerLater(AsyncContext async, int pause) {
    later(pause).execute(() -> {
      print(async, "later " + Caller.of(async.getRequest()));
      async.complete();
    });
  }

  /** Keeps the request for longer than the container keeps it for its caller. */
  private static void askAfterTheEnd(HttpServletRequest request, AsyncContext async) {
    String caller = Caller.of(request);
    HttpServletRequest kept = (HttpServletRequest) async.getRequest();
    later(1).execute(() -> {
      print(async, "later " + Caller.of(async.getRequest()));
      async.complete();
      later(30).execute(() -> {
        boolean same = Caller.encoded(request.getRemoteUser()).equals(caller)
            && Caller.encoded(kept.getRemoteUser()).equals(caller)
            && Caller.of(kept).equals(caller);
        MIXED_UP.addAndGet(same ? 0 : 1);
      });
    });
  }

  private static void tellEvents(AsyncContext async, int number) {
    later(2).execute(() -> {
      async.getResponse().setContentType("text/event-stream;charset=UTF-8");
      print(async, "data: " + number + " " + Caller.of(async.getRequest()) + "\n\n");
      if (number < 5) {
        tellEvents(async, number + 1);
      } else {
        async.complete();
      }
    });
  }

  private static void print(AsyncContext async, String text) {
    try {
      async.getResponse().getWriter().print(text);
      async.getResponse().flushBuffer();
    } catch (IOException e) {
      async.getRequest().getServletContext().log("not written", e);
    }
  }
}
