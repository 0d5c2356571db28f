package io.sallyport.core.internal.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * An asynchronous context whose request has the caller: where the application names no request, the
 * container gives it its own, without the wrappers of any filter, which knows nobody.
 *
 * <p>Does nothing else, so that a dispatch without a path still goes where the client's request went, and
 * asks the container nothing of itself, which may have dispatched already.
 */
final class SecuredAsyncContext implements AsyncContext {

  private final AsyncContext context;
  private final SecuredRequest caller;

  SecuredAsyncContext(AsyncContext context, SecuredRequest caller) {
    this.context = context;
    this.caller = caller;
  }

  /** Whether it stands for a context of the container. */
  boolean isOf(AsyncContext other) {
    return other == context;
  }

  /** An event of this context, for the application. */
  AsyncEvent shown(AsyncEvent event) {
    AsyncContext of = event.getAsyncContext();
    return new AsyncEvent(
        of == context ? this : new SecuredAsyncContext(of, caller),
        shown(event.getSuppliedRequest()),
        event.getSuppliedResponse(),
        event.getThrowable());
  }

  private @Nullable ServletRequest shown(@Nullable ServletRequest request) {
    return request instanceof HttpServletRequest http ? caller.in(http) : request;
  }

  @Override
  public ServletRequest getRequest() {
    ServletRequest request = context.getRequest();
    // what the application has named it gets back
    return context.hasOriginalRequestAndResponse() && request instanceof HttpServletRequest http
        ? caller.in(http)
        : request;
  }

  @Override
  public ServletResponse getResponse() {
    return context.getResponse();
  }

  @Override
  public boolean hasOriginalRequestAndResponse() {
    return context.hasOriginalRequestAndResponse();
  }

  @Override
  public void dispatch() {
    context.dispatch();
  }

  @Override
  public void dispatch(String path) {
    context.dispatch(path);
  }

  @Override
  public void dispatch(ServletContext application, String path) {
    context.dispatch(application, path);
  }

  @Override
  public void complete() {
    context.complete();
  }

  @Override
  public void start(Runnable run) {
    context.start(run);
  }

  @Override
  public void addListener(AsyncListener listener) {
    context.addListener(new SecuredAsyncListener(listener, this));
  }

  @Override
  public void addListener(
      AsyncListener listener, ServletRequest request, ServletResponse response) {
    context.addListener(new SecuredAsyncListener(listener, this), request, response);
  }

  @Override
  public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
    return context.createListener(type);
  }

  @Override
  public void setTimeout(long millis) {
    context.setTimeout(millis);
  }

  @Override
  public long getTimeout() {
    return context.getTimeout();
  }
}
