package io.sallyport.core.internal.http;

import io.sallyport.api.Decision;
import io.sallyport.api.DecisionId;
import io.sallyport.api.Identity;
import io.sallyport.core.internal.transport.Arrival;
import jakarta.servlet.ServletRequest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a request between its dispatches. Lives in an attribute of the request, so that it
 * goes where the request goes and ends when the request ends; never in a thread.
 */
public final class RequestState {

  private static final String ATTRIBUTE = "io.sallyport.core.state";

  private final @Nullable Object outer;
  private long deadlineNanos;
  private DecisionId nextId;
  private @Nullable Identity identity;
  private @Nullable Decision decision;
  private boolean showingErrorPage;
  private @Nullable Arrival arrival;

  private RequestState(@Nullable Object outer, DecisionId firstId, long deadlineNanos) {
    this.outer = outer;
    this.nextId = firstId;
    this.deadlineNanos = deadlineNanos;
  }

  /**
   * The state of a request that has just come in, from a client or from another application of the same
   * container.
   */
  public static RequestState begin(ServletRequest request, DecisionId firstId, long deadlineNanos) {
    var state = new RequestState(request.getAttribute(ATTRIBUTE), firstId, deadlineNanos);
    request.setAttribute(ATTRIBUTE, state);
    return state;
  }

  /**
   * The state of a request that came in earlier; empty if nothing has seen it yet, or only another
   * application with classes of its own.
   */
  public static Optional<RequestState> of(ServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof RequestState state
        ? Optional.of(state)
        : Optional.empty();
  }

  /** Gives the request back to the application that had handed it over, if one had. */
  public void end(ServletRequest request) {
    if (outer != null) {
      request.setAttribute(ATTRIBUTE, outer);
    }
  }

  /** Whether the ids of its decisions are of this sequence, so that it was begun for it. */
  public synchronized boolean isOf(DecisionIds ids) {
    return ids.include(nextId);
  }

  /** Notes that a decision was made, whatever it is: the next one has another id. */
  public synchronized void decided() {
    nextId = nextId.next();
  }

  /** Keeps the decision about a dispatch. The identity stays that of the first decision that had one. */
  public synchronized void keep(Decision made) {
    decision = made;
    if (identity == null && made.outcome().passes()) {
      identity = made.identity().orElse(null);
    }
  }

  /** The decision about the dispatch that is under way. */
  public synchronized Optional<Decision> decision() {
    return Optional.ofNullable(decision);
  }

  /** Puts back the decision of the caller, once an included or forwarded target is done. */
  public synchronized void restore(@Nullable Decision earlier) {
    decision = earlier;
  }

  /** Notes that an error page of the container begins or ends. */
  public synchronized void showErrorPage(boolean begins) {
    showingErrorPage = begins;
  }

  /** Whether an error page is under way, so that what is dispatched comes from it. */
  public synchronized boolean isShowingErrorPage() {
    return showingErrorPage;
  }

  /** How the request has arrived, found out once: what wraps it later says nothing about that. */
  synchronized Arrival arrival(Supplier<Arrival> found) {
    if (arrival == null) {
      arrival = found.get();
    }
    return arrival;
  }

  synchronized DecisionId nextId() {
    return nextId;
  }

  synchronized Optional<Identity> identity() {
    return Optional.ofNullable(identity);
  }

  /** Gives an asynchronous dispatch, which may come any time later, as much time as a request has. */
  public synchronized void extend(long newDeadlineNanos) {
    deadlineNanos = newDeadlineNanos;
  }

  synchronized long deadlineNanos() {
    return deadlineNanos;
  }
}
