package io.sallyport.core.internal.gate;

import io.sallyport.api.DecisionId;
import io.sallyport.api.Dispatch;
import io.sallyport.api.Identity;
import io.sallyport.api.Target;
import io.sallyport.core.internal.rules.Reading;
import io.sallyport.core.internal.rules.RequestTarget;
import io.sallyport.core.internal.transport.Locality;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request without a container. */
public final class TestRequest implements GateRequest {

  private final String method;
  private final String path;
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, String> cookies = new TreeMap<>();
  private @Nullable Identity known;
  private @Nullable String servletClass;
  private boolean secure = true;
  private Dispatch dispatch = Dispatch.REQUEST;
  private int number;
  private @Nullable String query;
  private @Nullable String arrivalProblem;
  private List<X509Certificate> certificates = List.of();
  private String remote = "192.0.2.1";
  private InetSocketAddress local = InetSocketAddress.createUnresolved("127.0.0.1", 8080);
  private boolean rewritten;

  private TestRequest(String method, String path) {
    this.method = method;
    this.path = path;
  }

  /** A GET. */
  public static TestRequest get(String path) {
    return new TestRequest("GET", path);
  }

  /** Any method. */
  public static TestRequest of(String method, String path) {
    return new TestRequest(method, path);
  }

  /** The other end of the connection. */
  public TestRequest from(String address) {
    remote = address;
    return this;
  }

  /** This end of the connection. */
  public TestRequest to(String address, int port) {
    local = InetSocketAddress.createUnresolved(address, port);
    return this;
  }

  /** The container has taken the addresses from a header field. */
  public TestRequest takenFromHeader() {
    rewritten = true;
    return this;
  }

  /** With a header field of so many lines. */
  public TestRequest header(String name, String... values) {
    headers.put(name, List.of(values));
    return this;
  }

  public TestRequest withCookie(String name, String value) {
    cookies.put(name, value);
    return this;
  }

  /** Over plain HTTP. */
  public TestRequest insecure() {
    secure = false;
    return this;
  }

  /** To a servlet of this class. */
  public TestRequest toServlet(Class<?> type) {
    servletClass = type.getName();
    return this;
  }

  /** As the dispatch of an application. */
  public TestRequest dispatchedAs(Dispatch kind) {
    dispatch = kind;
    return this;
  }

  public TestRequest knownAs(Identity identity, Dispatch kind) {
    known = identity;
    dispatch = kind;
    return this;
  }

  /** A dispatch of its kind, and which one it is of its request. */
  TestRequest dispatched(Dispatch kind, int count) {
    dispatch = kind;
    number = count;
    return this;
  }

  TestRequest asking(String value) {
    query = value;
    return this;
  }

  TestRequest arrivedUnclear(String problem) {
    arrivalProblem = problem;
    return this;
  }

  TestRequest withCertificate(X509Certificate certificate) {
    certificates = List.of(certificate);
    return this;
  }

  @Override
  public DecisionId id() {
    return new DecisionId("test", 1, number);
  }

  @Override
  public Dispatch dispatch() {
    return dispatch;
  }

  @Override
  public String rawMethod() {
    return method;
  }

  @Override
  public String rawTarget() {
    return path;
  }

  @Override
  public Reading reading() {
    return RequestTarget.read(method, path, "", path, null);
  }

  @Override
  public String remoteAddress() {
    return remote;
  }

  @Override
  public boolean rewritten() {
    return rewritten;
  }

  @Override
  public boolean isLocal() {
    return Locality.isLocal(this);
  }

  @Override
  public Optional<String> authority() {
    return header("Host");
  }

  @Override
  public Optional<String> servletClass() {
    return Optional.ofNullable(servletClass);
  }

  @Override
  public Optional<Identity> knownIdentity() {
    return Optional.ofNullable(known);
  }

  @Override
  public Target target() {
    return ((Reading.Canonical) reading()).target();
  }

  @Override
  public Optional<String> query() {
    return Optional.ofNullable(query);
  }

  @Override
  public List<String> headers(String name) {
    return headers.getOrDefault(name, List.of());
  }

  @Override
  public Optional<String> arrivalProblem() {
    return Optional.ofNullable(arrivalProblem);
  }

  @Override
  public Collection<String> headerNames() {
    return headers.keySet();
  }

  @Override
  public Optional<String> cookie(String name) {
    return Optional.ofNullable(cookies.get(name));
  }

  @Override
  public InetSocketAddress remote() {
    return InetSocketAddress.createUnresolved(remote, 40_000);
  }

  @Override
  public InetSocketAddress local() {
    return local;
  }

  @Override
  public boolean secure() {
    return secure;
  }

  @Override
  public List<X509Certificate> clientCertificates() {
    return certificates;
  }

  @Override
  public Duration remaining() {
    return Duration.ofSeconds(10);
  }
}
