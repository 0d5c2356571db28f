package io.sallyport.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.api.Identity;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever goes asynchronous without a thought of wrappers still has the caller. */
class AsyncRequestsOnClassPathTest {

  private static final String CONFIGURATION = """
      version: 1
      userstore: {implementation: listed, properties: {users: ['alice:user', 'bob:admin,user']}}
      authentication_providers:
        - {name: caller, implementation: named}
      open_endpoints: ['* /public/**']
      rules:
        - {path: /page/**, access: authenticated}
        - {path: /admin/**, roles: [admin]}
      audit: {file: audit.log}
      """;

  @TempDir
  Path folder;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private Sallyport sallyport;
  private TomcatFixture app;

  @BeforeEach
  void start() throws Exception {
    Path file = folder.resolve("security.yaml");
    Files.writeString(file, CONFIGURATION);
    sallyport = Sallyport.load(file);
    app = new TomcatFixture(folder)
        .initializer((classes, context) -> sallyport.register(context))
        .servlet("/public/*", this::handle)
        .servlet("/page/*", this::handle)
        .servlet("/admin/*", this::handle)
        .servlet("/error", (request, response) -> response.getWriter().print("page " + of(request)))
        .errorPage(500, "/error")
        .start();
  }

  @AfterEach
  void stop() throws Exception {
    app.close();
    sallyport.close();
  }

  private void handle(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (request.getAttribute("went") != null) {
      response
          .getWriter()
          .print(request.getDispatcherType() + " " + of(request) + " " + request.getRequestURI());
      return;
    }
    String how = request.getPathInfo().substring(1);
    if (how.equals("forward")) {
      request.getRequestDispatcher(request.getParameter("to")).forward(request, response);
      return;
    }
    request.setAttribute("went", true);
    switch (how) {
      case "bare" -> answerInAnotherThread(request.startAsync(), request);
      case "asked" -> {
        request.startAsync();
        answerInAnotherThread(request.getAsyncContext(), request);
      }
      case "named" -> answerInAnotherThread(request.startAsync(request, response), request);
      case "original" -> {
        AsyncContext async = request.startAsync();
        response.setHeader("Original", "" + async.hasOriginalRequestAndResponse());
        async.start(async::dispatch);
      }
      case "elsewhere" -> {
        AsyncContext async = request.startAsync();
        async.start(() -> async.dispatch(request.getServletContext(), "/admin/x"));
      }
      case "denied" -> {
        request.startAsync().dispatch("/page/after");
        request.getRequestDispatcher("/admin/x").include(request, response);
      }
      case "late" -> {
        AsyncContext async = request.startAsync();
        async.setTimeout(async.getTimeout() > 0 ? 1 : 2);
        async.addListener(listener(async));
      }
      case "broken" -> {
        AsyncContext async = request.startAsync();
        async.addListener(listener(async), request, response);
        throw new IllegalStateException("broken on purpose");
      }
      case "again" -> {
        AsyncContext async = request.startAsync();
        async.addListener(listener(async));
        request.removeAttribute("went");
        async.dispatch("/page/asked");
      }
      default -> throw new ServletException("unknown: " + how);
    }
  }

  private AsyncListener listener(AsyncContext async) throws ServletException {
    Listener listener = async.createListener(Listener.class);
    listener.told = told;
    return listener;
  }

  private static void answerInAnotherThread(AsyncContext async, HttpServletRequest request) {
    boolean same = async.getRequest() == request;
    async.start(() -> {
      try {
        async.getResponse().getWriter().print(of(async.getRequest()) + " same=" + same);
      } catch (IOException e) {
        async.getRequest().getServletContext().log("not answered", e);
      }
      async.complete();
    });
  }

  private static String of(ServletRequest request) {
    HttpServletRequest http = (HttpServletRequest) request;
    return http.getRemoteUser() + "/" + http.getUserPrincipal() + "/" + http.isUserInRole("user")
        + "/" + Sallyport.identity(request).map(Identity::name).orElse("-");
  }

  /** Writes down whom each event is about. */
  public static final class Listener implements AsyncListener {

    private BlockingQueue<String> told = new LinkedBlockingQueue<>();

    /** For containers. */
    public Listener() {}

    @Override
    public void onComplete(AsyncEvent event) {
      tell("complete", event);
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      tell("timeout", event);
      event.getAsyncContext().complete();
    }

    @Override
    public void onError(AsyncEvent event) {
      tell("error " + event.getThrowable().getMessage(), event);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      tell("start", event);
      event.getAsyncContext().addListener(this);
    }

    private void tell(String what, AsyncEvent event) {
      told.add(what + " " + of(event.getSuppliedRequest()) + " "
          + of(event.getAsyncContext().getRequest()) + " "
          + (event.getSuppliedResponse() != null));
    }
  }

  private String nextTold() throws InterruptedException {
    return told.poll(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bare", "asked", "named"})
  void theRequestOfAnAsyncContextHasTheCaller(String how) throws Exception {
    assertThat(app.get("/page/" + how, "X-User", "alice").body())
        .isEqualTo("alice/alice/true/alice same=true");
    assertThat(app.get("/public/" + how, "X-User", "alice").body())
        .isEqualTo("null/null/false/- same=true");
  }

  @Test
  void aForwardThatFindsTheCallerOutHandsThemToItsAsyncContext() throws Exception {
    HttpResponse<String> answer = app.get("/public/forward?to=/page/bare", "X-User", "alice");

    // the container gives the original request, which is of the open page
    assertThat(answer.body()).isEqualTo("alice/alice/true/alice same=false");
  }

  @Test
  void aDispatchWithoutAPathGoesWhereTheClientWent() throws Exception {
    HttpResponse<String> direct = app.get("/page/original?x=1", "X-User", "alice");
    HttpResponse<String> forwarded = app.get("/page/forward?to=/admin/original", "X-User", "bob");

    assertThat(direct.body()).isEqualTo("ASYNC alice/alice/true/alice /page/original");
    assertThat(direct.headers().firstValue("Original")).hasValue("true");
    assertThat(forwarded.headers().firstValue("Original")).hasValue("true");
    assertThat(forwarded.statusCode()).isEqualTo(200);
  }

  @Test
  void aDispatchIntoAnApplicationIsDecidedOn() throws Exception {
    assertThat(app.get("/page/elsewhere", "X-User", "bob").body())
        .isEqualTo("ASYNC bob/bob/true/bob /admin/x");
    assertThat(app.get("/page/elsewhere", "X-User", "alice").statusCode()).isEqualTo(403);
    assertThat(app.get("/public/elsewhere").statusCode()).isEqualTo(401);
  }

  @Test
  void listenersHearOfATimeOutWithTheCaller() throws Exception {
    HttpResponse<String> answer = app.get("/page/late", "X-User", "alice");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(nextTold()).isEqualTo("timeout alice/alice/true/alice alice/alice/true/alice true");
    assertThat(nextTold()).isEqualTo("complete alice/alice/true/alice alice/alice/true/alice true");
  }

  @Test
  void listenersHearOfAnErrorWithTheCallerAndItsPageHasThemToo() throws Exception {
    HttpResponse<String> answer = app.get("/page/broken", "X-User", "alice");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("page alice/alice/true/alice");
    assertThat(nextTold())
        .isEqualTo("error broken on purpose alice/alice/true/alice alice/alice/true/alice true");
  }

  @Test
  void listenersHearOfAnotherRoundWithTheCaller() throws Exception {
    HttpResponse<String> answer = app.get("/page/again", "X-User", "alice");

    assertThat(answer.body()).startsWith("alice/alice/true/alice");
    assertThat(nextTold()).startsWith("start alice/alice/true/alice");
    assertThat(nextTold()).startsWith("complete alice/alice/true/alice");
  }

  /** The context cannot be ended any more then, and that is no error of the server. */
  @Test
  void refusesWhatIsDeniedAfterTheApplicationHasDispatched() throws Exception {
    HttpResponse<String> answer = app.get("/page/denied", "X-User", "alice");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("not permitted").doesNotContain("ASYNC");
  }
}
