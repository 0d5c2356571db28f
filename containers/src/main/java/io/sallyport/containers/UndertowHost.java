package io.sallyport.containers;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.LoggingExceptionHandler;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceHandle;
import io.undertow.util.BadRequestException;
import io.undertow.util.StatusCodes;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.net.InetSocketAddress;
import java.util.Set;

/** Undertow 2.3. */
final class UndertowHost {

  /** How the messages of Undertow begin, those on targets of which it can make nothing among them. */
  private static final String UNDERTOWS = "UT000";

  private UndertowHost() {}

  public static void main(String[] args) throws Exception {
    Host.run(UndertowHost::start, args);
  }

  private static int start(Mode mode, HostApplication application)
      throws ServletException, ReflectiveOperationException {
    DeploymentInfo deployment = deployment(mode, application);
    VirtualThreads.asked()
        .ifPresent(threads -> deployment.setExecutor(threads).setAsyncExecutor(threads));
    return start(mode, deployment);
  }

  static int start(Mode mode, DeploymentInfo application) throws ServletException {
    DeploymentManager deployment = Servlets.defaultContainer().addDeployment(application);
    deployment.deploy();
    HttpHandler servlets = deployment.start();
    Undertow.Builder builder = Undertow.builder()
        .addHttpListener(0, "127.0.0.1")
        .setHandler(Handlers.path().addPrefixPath(application.getContextPath(), servlets));
    if (mode.lenient()) {
      makeLenient(builder);
    }
    Undertow server = builder.build();
    server.start();
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  static DeploymentInfo deployment(Mode mode, HostApplication application) {
    String page = Handler.ERROR_PAGE.mapping();
    return Servlets.deployment()
        .setClassLoader(UndertowHost.class.getClassLoader())
        .setDeploymentName("host")
        .setContextPath(mode.contextPath().isEmpty() ? "/" : mode.contextPath())
        .addInitialHandlerChainWrapper(UndertowHost::refusingStrayTargets)
        .setExceptionHandler(UndertowHost::refusesStrayDispatch)
        .addErrorPage(Servlets.errorPage(page, 418))
        .addErrorPage(Servlets.errorPage(page, Throwable.class))
        .addServletContainerInitializer(new ServletContainerInitializerInfo(
            HostApplication.class, () -> new ImmediateInstanceHandle<>(application), Set.of()));
  }

  /**
   * Of a target such as {@code *} or {@code a/b}, Undertow finds no servlet at all and fails with 500
   * before any filter: it is the caller's fault.
   */
  private static HttpHandler refusingStrayTargets(HttpHandler servlets) {
    return exchange -> {
      String path = exchange.getRelativePath();
      if (path.isEmpty() || path.startsWith("/")) {
        servlets.handleRequest(exchange);
      } else {
        exchange.setStatusCode(StatusCodes.BAD_REQUEST);
      }
    };
  }

  /**
   * Where the application dispatches to what a caller has told it, Undertow throws if it finds no servlet
   * for that or cannot read it: the caller's fault, too.
   */
  private static boolean refusesStrayDispatch(
      HttpServerExchange exchange,
      ServletRequest request,
      ServletResponse response,
      Throwable thrown) {
    boolean stray = thrown.getCause() instanceof BadRequestException
        || (thrown instanceof IllegalArgumentException
            && String.valueOf(thrown.getMessage()).startsWith(UNDERTOWS));
    if (stray && !exchange.isResponseStarted()) {
      exchange.setStatusCode(StatusCodes.BAD_REQUEST);
      return true;
    }
    return LoggingExceptionHandler.DEFAULT.handleThrowable(exchange, request, response, thrown);
  }

  private static void makeLenient(Undertow.Builder builder) {
    builder
        .setServerOption(UndertowOptions.DECODE_SLASH, true)
        .setServerOption(UndertowOptions.DECODE_URL, true)
        .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true);
  }
}
