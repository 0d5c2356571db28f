package io.sallyport.core.internal.http;

import io.sallyport.api.DecisionId;
import io.sallyport.api.Dispatch;
import io.sallyport.api.Identity;
import io.sallyport.api.Target;
import io.sallyport.core.internal.gate.GateRequest;
import io.sallyport.core.internal.rules.Reading;
import io.sallyport.core.internal.rules.Reading.Canonical;
import io.sallyport.core.internal.rules.RequestTarget;
import io.sallyport.core.internal.rules.TargetPolicy;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One dispatch of a servlet request, as the gate sees it. */
public final class ServletGateRequest implements GateRequest {

  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private final HttpServletRequest request;
  private final Dispatch dispatch;
  private final RequestState state;
  private final Reading reading;

  private ServletGateRequest(
      HttpServletRequest request, Dispatch dispatch, RequestState state, Reading reading) {
    this.request = request;
    this.dispatch = dispatch;
    this.state = state;
    this.reading = reading;
  }

  /** Reads the target of a dispatch, the container's own idea of it. */
  public static ServletGateRequest read(
      HttpServletRequest request, Dispatch dispatch, RequestState state, TargetPolicy policy) {
    return new ServletGateRequest(request, dispatch, state, reading(request, dispatch, policy));
  }

  /** A lenient container may let an ambiguous URI in and yet not tell the path that it makes of it. */
  private static Reading reading(
      HttpServletRequest request, Dispatch dispatch, TargetPolicy policy) {
    try {
      return target(request, dispatch, policy);
    } catch (IllegalArgumentException | IllegalStateException e) {
      return new Reading.Refused("a target of which the container does not tell the path");
    }
  }

  private static Reading target(
      HttpServletRequest request, Dispatch dispatch, TargetPolicy policy) {
    String method = request.getMethod();
    return switch (dispatch) {
      case REQUEST ->
        RequestTarget.read(
            policy,
            method,
            request.getRequestURI(),
            request.getContextPath(),
            request.getServletPath(),
            request.getPathInfo());
      case INCLUDE -> included(request, method);
      case FORWARD, ASYNC ->
        RequestTarget.readDispatched(method, request.getServletPath(), request.getPathInfo());
    };
  }

  private static Reading included(HttpServletRequest request, @Nullable String method) {
    String servletPath = attribute(request, RequestDispatcher.INCLUDE_SERVLET_PATH);
    if (servletPath == null && attribute(request, RequestDispatcher.INCLUDE_REQUEST_URI) == null) {
      return new Reading.Refused("an include by name out of another application, without a path");
    }
    return RequestTarget.readDispatched(
        method,
        Objects.requireNonNullElse(servletPath, ""),
        attribute(request, RequestDispatcher.INCLUDE_PATH_INFO));
  }

  private static @Nullable String attribute(HttpServletRequest request, String name) {
    return (String) request.getAttribute(name);
  }

  @Override
  public DecisionId id() {
    return state.nextId();
  }

  @Override
  public Dispatch dispatch() {
    return dispatch;
  }

  @Override
  public String rawMethod() {
    return Objects.requireNonNullElse(request.getMethod(), "");
  }

  @Override
  public String rawTarget() {
    return Objects.requireNonNullElse(request.getRequestURI(), "");
  }

  @Override
  public Reading reading() {
    return reading;
  }

  @Override
  public String remoteAddress() {
    return Objects.requireNonNullElse(request.getRemoteAddr(), "unknown");
  }

  @Override
  public Optional<Identity> knownIdentity() {
    return state.identity();
  }

  @Override
  public Target target() {
    if (reading instanceof Canonical canonical) {
      return canonical.target();
    }
    throw new IllegalStateException("a request without a canonical target reaches no provider");
  }

  @Override
  public Optional<String> query() {
    return Optional.ofNullable(request.getQueryString());
  }

  @Override
  public List<String> headers(String name) {
    Enumeration<String> values = request.getHeaders(name);
    return values == null || !values.hasMoreElements() ? List.of() : Collections.list(values);
  }

  @Override
  public Collection<String> headerNames() {
    Enumeration<String> names = request.getHeaderNames();
    return names == null ? List.of() : Collections.list(names);
  }

  @Override
  public Optional<String> cookie(String name) {
    Cookie[] cookies = request.getCookies();
    String found = null;
    for (Cookie cookie : cookies == null ? new Cookie[0] : cookies) {
      if (cookie.getName().equals(name)) {
        if (found != null) {
          return Optional.empty();
        }
        found = cookie.getValue();
      }
    }
    return Optional.ofNullable(found);
  }

  @Override
  public InetSocketAddress remote() {
    return InetSocketAddress.createUnresolved(remoteAddress(), request.getRemotePort());
  }

  @Override
  public InetSocketAddress local() {
    return InetSocketAddress.createUnresolved(
        Objects.requireNonNullElse(request.getLocalAddr(), "unknown"), request.getLocalPort());
  }

  @Override
  public boolean secure() {
    return request.isSecure();
  }

  @Override
  public List<X509Certificate> clientCertificates() {
    return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain
        ? List.of(chain)
        : List.of();
  }

  @Override
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, state.deadlineNanos() - System.nanoTime()));
  }
}
