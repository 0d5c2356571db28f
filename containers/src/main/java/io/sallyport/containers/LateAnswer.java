package io.sallyport.containers;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/** Answers once the time is over, with all that an event tells of the caller. */
final class LateAnswer implements AsyncListener {

  @Override
  public void onTimeout(AsyncEvent event) throws IOException {
    event
        .getAsyncContext()
        .getResponse()
        .getWriter()
        .print("late " + Caller.of(event.getAsyncContext().getRequest()) + " "
            + Caller.of(event.getSuppliedRequest()));
    event.getAsyncContext().complete();
  }

  @Override
  public void onComplete(AsyncEvent event) {}

  @Override
  public void onError(AsyncEvent event) {}

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
