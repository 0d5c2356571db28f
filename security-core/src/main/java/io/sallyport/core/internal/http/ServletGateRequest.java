package io.sallyport.core.internal.http;

import io.sallyport.api.DecisionId;
import io.sallyport.api.Dispatch;
import io.sallyport.api.Identity;
import io.sallyport.api.Target;
import io.sallyport.core.internal.gate.GateRequest;
import io.sallyport.core.internal.rules.Reading;
import io.sallyport.core.internal.rules.Reading.Canonical;
import io.sallyport.core.internal.rules.RequestTarget;
import io.sallyport.core.internal.rules.TargetForm;
import io.sallyport.core.internal.rules.TargetPolicy;
import io.sallyport.core.internal.transport.Arrival;
import io.sallyport.core.internal.transport.Arrivals;
import io.sallyport.core.internal.transport.Locality;
import io.sallyport.core.internal.transport.NumericAddress;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One dispatch of a servlet request, as the gate sees it. */
public final class ServletGateRequest implements GateRequest {

  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private static final Reading UNTOLD =
      new Reading.Refused("a target of which the container does not tell the path");
  private static final Reading BESIDE_ROOT =
      new Reading.Refused("an empty path, where the root of the application is another servlet's");
  private static final Reading MISMATCHED =
      new Reading.Refused("a path to which the mapping that the container tells cannot have led");

  /** Set by Tomcat's RemoteIpValve, which takes away the header field that it obeys. */
  private static final String FORWARDED = "org.apache.tomcat.request.forwarded";

  /**
   * In the names of all fields that commonly hold a certificate: {@code ssl_client_cert} and {@code
   * ssl_client_escaped_cert}, from which Tomcat's SSLValve and Undertow's SSLHeaderHandler make certificates that
   * nobody has verified, and those that the valve may be told to read instead.
   */
  private static final String OF_CERTIFICATE_FIELDS = "cert";

  private final HttpServletRequest request;
  private final Dispatch dispatch;
  private final RequestState state;
  private final Reading reading;
  private final Arrival arrival;

  private ServletGateRequest(
      HttpServletRequest request,
      Dispatch dispatch,
      RequestState state,
      Reading reading,
      Arrivals arrivals) {
    this.request = request;
    this.dispatch = dispatch;
    this.state = state;
    this.reading = reading;
    this.arrival = state.arrival(
        () -> arrivals.read(connectionAddress(), isSecureConnection(), this::headers));
  }

  /** Reads the target of a dispatch, the container's own idea of it, and how the request has arrived. */
  public static ServletGateRequest read(
      HttpServletRequest request,
      Dispatch dispatch,
      RequestState state,
      TargetPolicy policy,
      Arrivals arrivals) {
    return new ServletGateRequest(
        request, dispatch, state, reading(request, dispatch, policy), arrivals);
  }

  /**
   * A lenient container may let an ambiguous URI in and yet not tell the path that it makes of it; what it
   * throws then is its own affair.
   */
  private static Reading reading(
      HttpServletRequest request, Dispatch dispatch, TargetPolicy policy) {
    try {
      return dispatch == Dispatch.INCLUDE
          ? included(request, policy)
          : target(request, dispatch, policy);
    } catch (RuntimeException e) {
      return UNTOLD;
    }
  }

  private static Reading target(
      HttpServletRequest request, Dispatch dispatch, TargetPolicy policy) {
    String method = request.getMethod();
    String servletPath = request.getServletPath();
    String pathInfo = request.getPathInfo();
    Reading reading = dispatch == Dispatch.REQUEST
        ? RequestTarget.read(
            policy,
            method,
            request.getRequestURI(),
            request.getContextPath(),
            servletPath,
            pathInfo)
        : RequestTarget.readDispatched(policy, method, servletPath, pathInfo);
    return matched(
        request, reading, request.getHttpServletMapping(), servletPath, pathInfo, policy);
  }

  /** The request itself stays that of the including servlet: the target is in its attributes. */
  private static Reading included(HttpServletRequest request, TargetPolicy policy) {
    String servletPath = text(request, RequestDispatcher.INCLUDE_SERVLET_PATH);
    if (servletPath == null && text(request, RequestDispatcher.INCLUDE_REQUEST_URI) == null) {
      return new Reading.Refused("an include by name out of another application, without a path");
    }
    String pathInfo = text(request, RequestDispatcher.INCLUDE_PATH_INFO);
    return matched(
        request,
        RequestTarget.readDispatched(policy, request.getMethod(), servletPath, pathInfo),
        includedMapping(request),
        servletPath,
        pathInfo,
        policy);
  }

  /** Undertow tells the mapping of the including servlet here, which says nothing of the target. */
  private static @Nullable HttpServletMapping includedMapping(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.INCLUDE_MAPPING)
                instanceof HttpServletMapping mapping
            && !ServletMatch.isSame(mapping, request.getHttpServletMapping())
        ? mapping
        : null;
  }

  private static Reading matched(
      HttpServletRequest request,
      Reading reading,
      @Nullable HttpServletMapping mapping,
      @Nullable String servletPath,
      @Nullable String pathInfo,
      TargetPolicy policy) {
    if (reading instanceof Reading.Refused) {
      return reading;
    }
    if (isEmpty(servletPath) && isEmpty(pathInfo) && ServletMatch.isBesideRoot(request, mapping)) {
      return BESIDE_ROOT;
    }
    return ServletMatch.isPossible(mapping, servletPath, pathInfo)
            || policy.permits(TargetForm.MISMATCHED_MAPPING)
        ? reading
        : MISMATCHED;
  }

  private static boolean isEmpty(@Nullable String path) {
    return path == null || path.isEmpty();
  }

  private static @Nullable String text(HttpServletRequest request, String name) {
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
    return told(request::getMethod, "");
  }

  @Override
  public String rawTarget() {
    return told(request::getRequestURI, "");
  }

  /** What a container tells about a request that it may not have understood itself. */
  private static String told(Supplier<@Nullable String> part, String otherwise) {
    try {
      return Objects.requireNonNullElse(part.get(), otherwise);
    } catch (RuntimeException e) {
      return otherwise;
    }
  }

  @Override
  public Reading reading() {
    return reading;
  }

  @Override
  public String clientNetwork() {
    return NumericAddress.network(remoteAddress());
  }

  @Override
  public String remoteAddress() {
    return arrival.address();
  }

  @Override
  public Optional<String> arrivalProblem() {
    return Optional.ofNullable(arrival.problem());
  }

  private String connectionAddress() {
    return told(request::getRemoteAddr, "unknown");
  }

  private boolean isSecureConnection() {
    try {
      return request.isSecure();
    } catch (RuntimeException e) {
      return false;
    }
  }

  @Override
  public Optional<String> authority() {
    List<String> hosts = headers("Host");
    if (!hosts.isEmpty()) {
      return header("Host");
    }
    // HTTP/2 has a pseudo-header for it, which containers do not show
    String name = request.getServerName();
    return name == null
        ? Optional.empty()
        : Optional.of((name.indexOf(':') < 0 || name.startsWith("[") ? name : "[" + name + "]")
            + ":" + request.getServerPort());
  }

  @Override
  public Optional<String> servletClass() {
    HttpServletMapping mapping = dispatch == Dispatch.INCLUDE
        ? (HttpServletMapping) request.getAttribute(RequestDispatcher.INCLUDE_MAPPING)
        : request.getHttpServletMapping();
    return Optional.ofNullable(mapping)
        .map(HttpServletMapping::getServletName)
        .map(request.getServletContext()::getServletRegistration)
        .map(ServletRegistration::getClassName);
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
    return address(connectionAddress(), request.getRemotePort());
  }

  @Override
  public InetSocketAddress local() {
    return address(request.getLocalAddr(), request.getLocalPort());
  }

  /** A connection over something else than IP has neither, or a port below zero. */
  private static InetSocketAddress address(@Nullable String address, int port) {
    return InetSocketAddress.createUnresolved(
        Objects.requireNonNullElse(address, "unknown"), Math.max(0, port));
  }

  @Override
  public boolean secure() {
    return arrival.secure();
  }

  @Override
  public boolean rewritten() {
    return request.getAttribute(FORWARDED) != null;
  }

  @Override
  public boolean isLocal() {
    return Locality.isLocal(this);
  }

  @Override
  public List<X509Certificate> clientCertificates() {
    return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain
            && headerNames().stream().noneMatch(ServletGateRequest::mayHoldACertificate)
        ? List.of(chain)
        : List.of();
  }

  private static boolean mayHoldACertificate(String field) {
    return field.toLowerCase(Locale.ROOT).contains(OF_CERTIFICATE_FIELDS);
  }

  @Override
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, state.deadlineNanos() - System.nanoTime()));
  }
}
