package io.sallyport.core;

import static java.util.Objects.requireNonNull;

import io.sallyport.api.Decision;
import io.sallyport.api.Dispatch;
import io.sallyport.api.Identity;
import io.sallyport.api.Profile;
import io.sallyport.core.internal.config.FollowedFiles;
import io.sallyport.core.internal.gate.Gate;
import io.sallyport.core.internal.gate.TokenCheck;
import io.sallyport.core.internal.http.DecisionIds;
import io.sallyport.core.internal.http.Refusals;
import io.sallyport.core.internal.http.RequestState;
import io.sallyport.core.internal.http.SecuredRequest;
import io.sallyport.core.internal.http.ServletGateRequest;
import io.sallyport.core.internal.rules.TargetPolicy;
import io.sallyport.core.internal.tls.ServerTls;
import io.sallyport.core.internal.transport.Arrivals;
import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.TokenGenerator;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The security of one application: read from a {@code security.yaml} or built in Java, complete and valid
 * once it exists.
 *
 * <p>An application asks {@link #identity(ServletRequest)} who sent a request. What runs before it is the
 * {@link SecurityFilter}.
 *
 * <p><b>Threads.</b> Safe for all requests at once. {@link #close()} is for the owner, once no request is
 * under way any more.
 *
 * @since 0.1
 */
public final class Sallyport implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Sallyport.class);

  private final Gate gate;
  private final Profile profile;
  private final TargetPolicy targetPolicy;
  private final Arrivals arrivals;
  private final Duration requestTimeout;
  private final Tokens tokens;
  private final TokenEndpoints endpoints;
  private final TokenCheck tokenCheck;
  private final LoginAttempts loginAttempts;
  private final @Nullable ServerTls tls;
  private final OpenedParts parts;
  private final String summary;
  private final Refusals refusals;
  private final DecisionIds ids = new DecisionIds();
  private final AtomicBoolean closed = new AtomicBoolean();

  Sallyport(SallyportBuilder builder, Gate gate, TokenCheck tokenCheck, String summary) {
    this.gate = gate;
    this.profile = builder.profile;
    this.targetPolicy = builder.targetPolicy;
    this.arrivals = builder.transport.arrivals();
    this.requestTimeout = builder.requestTimeout;
    this.tokens = builder.tokensForHost();
    this.endpoints = builder.tokens.endpoints(builder.profile);
    this.tokenCheck = tokenCheck;
    this.loginAttempts = builder.countedAttempts();
    this.tls = builder.tls;
    this.parts = builder.parts;
    this.summary = summary;
    this.refusals = new Refusals(builder.profile);
  }

  /**
   * Reads a configuration file and opens all that it names.
   *
   * @param file the file, usually called {@code security.yaml}; its folder is where relative paths in it
   *     start
   * @return what decides from now on
   * @throws InvalidConfigurationException if anything in it is wrong: nothing is left open, and the
   *     message lists all problems
   */
  public static Sallyport load(Path file) {
    return new SecurityFile(file.toAbsolutePath().normalize()).open();
  }

  /**
   * Begins the security of an application in Java.
   *
   * @return a builder
   */
  public static SallyportBuilder builder() {
    return new SallyportBuilder();
  }

  /**
   * What decides for an application whose filter has been started, however that was done.
   *
   * @param context the application
   * @return empty if no filter of ours has been started in it
   */
  public static Optional<Sallyport> of(ServletContext context) {
    return context.getAttribute(SecurityFilter.MARK) instanceof Sallyport sallyport
        ? Optional.of(sallyport)
        : Optional.empty();
  }

  /**
   * Who sent a request that was let through.
   *
   * @param request the request
   * @return the caller; empty if the rule for this request is open
   * @throws IllegalStateException if no decision was made about the request, so that nothing guards it
   */
  public static Optional<Identity> identity(ServletRequest request) {
    return decision(request).identity();
  }

  /**
   * The decision that let a request through.
   *
   * @param request the request
   * @return the decision about the dispatch that the application was given this request for, or, for a
   *     request of the container's own, about the one that is under way
   * @throws IllegalStateException if no decision was made about the request, so that nothing guards it
   */
  public static Decision decision(ServletRequest request) {
    return SecuredRequest.decision(request)
        .or(() -> RequestState.of(request).flatMap(RequestState::decision))
        .orElseThrow(() -> new IllegalStateException(
            "Sallyport has made no decision about this request: map its filter to /*, before all"
                + " others, for all dispatcher types"));
  }

  /**
   * Puts the filter and the endpoints that are switched on before an application, for hosts that register
   * in code and whose container does not run {@link SallyportInitializer}.
   *
   * @param context the application, not started yet
   * @throws ServletException if a name or path that is needed is taken
   */
  public void register(ServletContext context) throws ServletException {
    SallyportInitializer.register(context, this);
  }

  /**
   * Whose bodies, codes and defaults are spoken.
   *
   * @return the profile
   */
  public Profile profile() {
    return profile;
  }

  /**
   * What makes tokens for callers.
   *
   * @return the generator, empty if none is configured
   */
  public Optional<TokenGenerator> tokenGenerator() {
    return tokens.generator(null);
  }

  /**
   * Where the tokens endpoint is served.
   *
   * @return paths below the context path, empty if it is switched off
   */
  public List<String> tokenPaths() {
    return endpoints.tokens().stream().map(TokenEndpoint::path).toList();
  }

  /**
   * What counts failed logins, to see if an account is locked by them and to unlock it.
   *
   * @return the counters
   */
  public LoginAttempts loginAttempts() {
    return loginAttempts;
  }

  /**
   * The server's side of TLS with the certificate and key of {@code ssl:}, for hosts that configure their
   * container with it. It speaks TLS 1.2 and 1.3.
   *
   * <p>The files are followed: once a new certificate and its key are both there and pass the checks, the
   * next handshake presents them. Connections that are open stay as they are, and until then the pair before
   * stays in force. That holds for engines, of which containers make one for each connection, and for server
   * sockets.
   *
   * <p>Client certificates are trusted if a CA of {@code client_ca_path} vouches for them, none otherwise.
   * Whether a connector wants or needs one is for the host to say. What is trusted no longer ends with the
   * next handshake too: no session is resumed that was begun before. Only where the host takes a server
   * socket from the context must it take a new one for that.
   *
   * @return the one context, of use until this is closed; empty if {@code ssl:} is not enabled
   */
  public Optional<SSLContext> sslContext() {
    return Optional.ofNullable(tls).map(ServerTls::context);
  }

  /**
   * What is secured how, in one line for the log.
   *
   * @return a line without secrets
   */
  public String summary() {
    return summary;
  }

  /**
   * The followed files whose present content cannot be used, so that their last good content is in force.
   *
   * @return file to problem, empty if all is well
   */
  public Map<Path, String> brokenFiles() {
    return parts.files().brokenFiles().stream()
        .collect(Collectors.toUnmodifiableMap(
            FollowedFiles.BrokenFile::file,
            FollowedFiles.BrokenFile::message,
            (one, other) -> one + "\n" + other));
  }

  RequestState begin(HttpServletRequest request) {
    return RequestState.begin(request, ids.next(), deadlineNanos());
  }

  private long deadlineNanos() {
    return System.nanoTime() + requestTimeout.toNanos();
  }

  /** Whether a request was begun here, and not by another application that has handed it over. */
  boolean began(RequestState state) {
    return state.isOf(ids);
  }

  Decision decide(HttpServletRequest request, Dispatch dispatch, RequestState state) {
    if (dispatch == Dispatch.ASYNC) {
      state.extend(deadlineNanos());
    }
    Decision decision =
        gate.decide(ServletGateRequest.read(request, dispatch, state, targetPolicy, arrivals));
    state.decided();
    return decision;
  }

  /**
   * Makes, lists and ends tokens, as the endpoints do.
   *
   * @return the tokens
   */
  public Tokens tokens() {
    return tokens;
  }

  TokenEndpoints endpoints() {
    return endpoints;
  }

  TokenCheck tokenCheck() {
    return tokenCheck;
  }

  Refusals refusals() {
    return refusals;
  }

  /** Closes stores, providers, the audit log and whatever else was opened. Does nothing the second time. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      parts.close();
      LOG.debug("closed: {}", summary);
    }
  }

  @Override
  public String toString() {
    return "Sallyport[" + requireNonNull(summary) + "]";
  }
}
