package io.sallyport.core.internal.http;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/** A listener of the application, whose events come with the caller. */
final class SecuredAsyncListener implements AsyncListener {

  private final AsyncListener listener;
  private final SecuredAsyncContext context;

  SecuredAsyncListener(AsyncListener listener, SecuredAsyncContext context) {
    this.listener = listener;
    this.context = context;
  }

  @Override
  public void onComplete(AsyncEvent event) throws IOException {
    listener.onComplete(context.shown(event));
  }

  @Override
  public void onTimeout(AsyncEvent event) throws IOException {
    listener.onTimeout(context.shown(event));
  }

  @Override
  public void onError(AsyncEvent event) throws IOException {
    listener.onError(context.shown(event));
  }

  @Override
  public void onStartAsync(AsyncEvent event) throws IOException {
    listener.onStartAsync(context.shown(event));
  }
}
