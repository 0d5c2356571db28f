package io.sallyport.core;

import io.sallyport.api.Decision;
import io.sallyport.api.Dispatch;
import io.sallyport.core.internal.http.AnswerFields;
import io.sallyport.core.internal.http.RequestState;
import io.sallyport.core.internal.http.SecuredRequest;
import io.sallyport.core.internal.rules.RequestTarget;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pass of a request through the filter, which a request makes once for each of its dispatches. */
final class FilterPass {

  private static final Logger LOG = LoggerFactory.getLogger(FilterPass.class);
  private static final int MAX_CAUSES = 16;

  private final Sallyport security;
  private final RequestState state;
  private final DispatcherType type;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final FilterChain chain;

  private FilterPass(
      Sallyport security,
      RequestState state,
      DispatcherType type,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain) {
    this.security = security;
    this.state = state;
    this.type = type;
    this.request = request;
    this.response = response;
    this.chain = chain;
  }

  static void run(
      Sallyport security,
      HttpServletRequest request,
      HttpServletResponse response,
      FilterChain chain)
      throws IOException, ServletException {
    DispatcherType type = type(request);
    if (isDecided(request, type)) {
      chain.doFilter(request, response);
      return;
    }
    Optional<RequestState> earlier = earlierState(security, request, type);
    if (earlier.isPresent()) {
      RequestState state = earlier.get();
      new FilterPass(security, state, type, request, response, chain).goOn();
      return;
    }
    RequestState state = security.begin(request);
    try {
      new FilterPass(security, state, type, request, response, chain).pass();
    } finally {
      state.end(request);
    }
  }

  /**
   * Mapped twice, the filter is run twice. A request comes in once: where it is secured already, this is
   * the second mapping; what the application dispatches is of another type.
   */
  private static boolean isDecided(HttpServletRequest request, DispatcherType type) {
    return request instanceof SecuredRequest && type == DispatcherType.REQUEST;
  }

  /** What an earlier dispatch of the same request has left behind, in this application and no other. */
  private static Optional<RequestState> earlierState(
      Sallyport security, HttpServletRequest request, DispatcherType type) {
    return type == DispatcherType.REQUEST
        ? Optional.empty()
        : RequestState.of(request).filter(security::began);
  }

  /** Tomcat calls what an error page forwards to, be it in another application, an error page as well. */
  private static DispatcherType type(HttpServletRequest request) {
    DispatcherType type = request.getDispatcherType();
    boolean isForward = type == DispatcherType.ERROR
        && RequestState.of(request).filter(RequestState::isShowingErrorPage).isPresent();
    return isForward ? DispatcherType.FORWARD : type;
  }

  private void goOn() throws IOException, ServletException {
    if (keepsCallersDecision()) {
      chain.doFilter(request, response);
    } else {
      pass();
    }
  }

  private void pass() throws IOException, ServletException {
    switch (type) {
      // what is thrown here is for whoever in the application has dispatched
      case FORWARD, INCLUDE -> decide();
      case REQUEST, ASYNC -> decideAndAnswer();
      case ERROR -> showErrorPage();
    }
  }

  private void decide() throws IOException, ServletException {
    Decision before = state.decision().orElse(null);
    Decision decision = security.decide(request, dispatch(), state);
    if (!decision.outcome().passes()) {
      refuse(decision);
      return;
    }
    state.keep(decision);
    try {
      chain.doFilter(new SecuredRequest(request, decision), answer(decision, before));
    } finally {
      if (before != null && type != DispatcherType.ASYNC) {
        state.restore(before);
      }
    }
  }

  /**
   * What an earlier dispatch has put on the answer is there, and may be the application's by now. A bare
   * asynchronous context has the container's own response, without what keeps the fields on it.
   */
  private HttpServletResponse answer(Decision decision, @Nullable Decision before) {
    if (before == null) {
      AnswerFields.write(decision, response);
    }
    return before == null || type == DispatcherType.ASYNC
        ? AnswerFields.keep(decision, response)
        : response;
  }

  /**
   * Gives the answer of a dispatch within this one that was denied by an exception which the application
   * did not want to handle. The container would make it an error of the server.
   */
  private void decideAndAnswer() throws IOException, ServletException {
    try {
      decide();
    } catch (IOException | ServletException | RuntimeException e) {
      Optional<DispatchDeniedException> denied = denialIn(e);
      if (denied.isEmpty() || response.isCommitted()) {
        throw e;
      }
      response.reset();
      write(denied.get().decision());
      // what the application may have dispatched before cannot change the answer any more
      response.flushBuffer();
      if (request.isAsyncStarted()) {
        endAsync();
      }
    }
  }

  private void endAsync() {
    try {
      request.getAsyncContext().complete();
    } catch (IllegalStateException e) {
      LOG.debug("the application has dispatched already, which ends the request as well", e);
    }
  }

  /**
   * Error pages are the container's to call, and show the caller whom the last decision names. What they
   * in turn may not have leaves the status of the error without a page.
   */
  private void showErrorPage() throws IOException, ServletException {
    if ("TRACE".equals(request.getMethod())) {
      // a servlet answers it by an echo of the credentials, also as the page of its refusal
      return;
    }
    Decision last = state.decision().orElse(null);
    HttpServletResponse answer = response;
    if (last != null) {
      // some containers throw away what was on the answer before they call an error page, and all
      // of them the wrapper that kept it
      AnswerFields.write(last, response);
      answer = AnswerFields.keep(last, response);
    }
    state.showErrorPage(true);
    try {
      chain.doFilter(new SecuredRequest(request, last), answer);
    } catch (IOException | ServletException | RuntimeException e) {
      if (denialIn(e).isEmpty() || response.isCommitted()) {
        throw e;
      }
      response.resetBuffer();
    } finally {
      state.showErrorPage(false);
    }
  }

  private static Optional<DispatchDeniedException> denialIn(Exception thrown) {
    Throwable at = thrown;
    for (int depth = 0; at != null && depth < MAX_CAUSES; depth++) {
      if (at instanceof DispatchDeniedException denied) {
        return Optional.of(denied);
      }
      at = at.getCause();
    }
    return Optional.empty();
  }

  private void refuse(Decision decision) throws IOException, ServletException {
    if (decision.dispatch() == Dispatch.INCLUDE || response.isCommitted()) {
      throw new DispatchDeniedException(decision);
    }
    if (decision.dispatch() != Dispatch.REQUEST) {
      response.reset();
    }
    write(decision);
  }

  private void write(Decision decision) throws IOException {
    AnswerFields.write(decision, response);
    security.refusals().write(decision, request, response);
  }

  /**
   * No client can name what lies below WEB-INF, and an include by name has no path of its own; both
   * belong to the target that was decided on before. A path that leads out of WEB-INF again, to whoever
   * reads it that way, is decided on.
   */
  private boolean keepsCallersDecision() {
    return switch (type) {
      case INCLUDE ->
        isNamedInclude()
            || isHidden(
                attribute(RequestDispatcher.INCLUDE_SERVLET_PATH),
                attribute(RequestDispatcher.INCLUDE_PATH_INFO));
      case FORWARD -> isForwardToHidden();
      case REQUEST, ASYNC, ERROR -> false;
    };
  }

  private boolean isForwardToHidden() {
    try {
      return isHidden(request.getServletPath(), request.getPathInfo());
    } catch (RuntimeException e) {
      // a container that does not tell the path: it is decided on, and refused
      return false;
    }
  }

  private boolean isNamedInclude() {
    return attribute(RequestDispatcher.INCLUDE_SERVLET_PATH) == null
        && attribute(RequestDispatcher.INCLUDE_REQUEST_URI) == null;
  }

  private @Nullable Object attribute(String name) {
    return request.getAttribute(name);
  }

  private static boolean isHidden(@Nullable Object servletPath, @Nullable Object pathInfo) {
    String path = text(servletPath) + text(pathInfo);
    return (path.startsWith("/WEB-INF/") || path.startsWith("/META-INF/"))
        && RequestTarget.isReadInOneWay(path);
  }

  private static String text(@Nullable Object path) {
    return path == null ? "" : path.toString();
  }

  private Dispatch dispatch() {
    return switch (type) {
      case FORWARD -> Dispatch.FORWARD;
      case INCLUDE -> Dispatch.INCLUDE;
      case ASYNC -> Dispatch.ASYNC;
      case REQUEST, ERROR -> Dispatch.REQUEST;
    };
  }
}
