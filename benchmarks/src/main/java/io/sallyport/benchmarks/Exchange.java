package io.sallyport.benchmarks;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** One client of a peer: a request and its answer at a time. */
public final class Exchange {

  private final Peer peer;
  private final BenchRequest request = new BenchRequest(new BenchContext().context());
  private final BenchResponse response = new BenchResponse();
  private final Application application = new Application();

  public Exchange(Peer peer) {
    this.peer = peer;
  }

  /** Sends a request through the filter, and tells the status of the answer. */
  public int get(String path, @Nullable String authorization) {
    request.reset(path, authorization);
    response.reset();
    application.user = null;
    try {
      peer.filter().doFilter(request, response, application);
    } catch (IOException | ServletException e) {
      throw new IllegalStateException(e);
    }
    return response.getStatus();
  }

  /** The address that requests come from now on. */
  public Exchange from(String address) {
    request.from(address);
    return this;
  }

  /** Another client of the same peer, for another thread. */
  public Exchange another() {
    return new Exchange(peer);
  }

  /** Whom the application has seen in the last request; null if it was not reached. */
  @Nullable
  String user() {
    return application.user;
  }

  BenchResponse response() {
    return response;
  }

  private static final class Application implements FilterChain {

    private @Nullable String user;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response) {
      Principal principal = ((HttpServletRequest) request).getUserPrincipal();
      user = principal == null ? "" : principal.getName();
    }
  }
}
