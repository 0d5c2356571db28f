package io.sallyport.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that was found out about one dispatch of a request, and what came of it.
 *
 * <p>The HTTP answer, the audit line and every explanation are renderings of this one record, so that
 * they cannot disagree. {@link #reason()}, {@link #rule()} and {@link #attempts()} are for the
 * operator; a caller sees the outcome and the {@link #id()}.
 *
 * <p><b>Security.</b> Method, path, claimed name and tenant are what the client sent: escape them
 * wherever they are written. No part holds a credential.
 *
 * @since 0.1
 */
public final class Decision {

  private final DecisionId id;
  private final Instant time;
  private final Dispatch dispatch;
  private final String method;
  private final String path;
  private final String remoteAddress;
  private final Outcome outcome;
  private final String reason;
  private final @Nullable String rule;
  private final List<Attempt> attempts;
  private final @Nullable Identity identity;
  private final @Nullable String claimedName;
  private final @Nullable String tenant;
  private final List<Challenge> challenges;
  private final @Nullable Duration retryAfter;
  private final Map<String, String> headers;
  private final boolean crossSite;

  private Decision(Builder builder, Outcome outcome, String reason) {
    this.id = builder.id;
    this.time = builder.time;
    this.dispatch = builder.dispatch;
    this.method = builder.method;
    this.path = builder.path;
    this.remoteAddress = builder.remoteAddress;
    this.outcome = outcome;
    this.reason = reason;
    this.rule = builder.rule;
    this.attempts = builder.attempts;
    this.identity = builder.identity;
    this.claimedName = builder.claimedName;
    this.tenant = builder.tenant;
    this.challenges = builder.challenges;
    this.retryAfter = builder.retryAfter;
    this.headers = builder.headers.isEmpty() ? Map.of() : Map.copyOf(builder.headers);
    this.crossSite = builder.crossSite;
  }

  /**
   * Begins a decision.
   *
   * @param id what it is called
   * @param time when it was made
   * @param dispatch how the request came to its target
   * @param method the method as sent
   * @param path the canonical path, or the raw target where there is no canonical one
   * @param remoteAddress the client's address, numeric
   * @return a builder
   */
  public static Builder builder(
      DecisionId id,
      Instant time,
      Dispatch dispatch,
      String method,
      String path,
      String remoteAddress) {
    return new Builder(id, time, dispatch, method, path, remoteAddress);
  }

  /**
   * What the decision is called, in the answer and in the audit log.
   *
   * @return an id that is unique among all decisions of all processes
   */
  public String id() {
    return id.toString();
  }

  /**
   * What all decisions of the same request have in common.
   *
   * @return the id of the request
   */
  public String requestId() {
    return id.requestId();
  }

  /**
   * When it was made.
   *
   * @return the instant
   */
  public Instant time() {
    return time;
  }

  /**
   * How the request came to its target.
   *
   * @return the kind of dispatch
   */
  public Dispatch dispatch() {
    return dispatch;
  }

  /**
   * The method.
   *
   * @return the method token as sent
   */
  public String method() {
    return method;
  }

  /**
   * The path.
   *
   * @return the canonical path, or the raw target where there is no canonical one
   */
  public String path() {
    return path;
  }

  /**
   * Where the request came from.
   *
   * @return the numeric address
   */
  public String remoteAddress() {
    return remoteAddress;
  }

  /**
   * How it ended.
   *
   * @return the outcome
   */
  public Outcome outcome() {
    return outcome;
  }

  /**
   * Why it ended so, for the operator.
   *
   * @return a sentence
   */
  public String reason() {
    return reason;
  }

  /**
   * The rule that spoke for the target.
   *
   * @return the rule as it is written in the configuration; empty if none was looked up
   */
  public Optional<String> rule() {
    return Optional.ofNullable(rule);
  }

  /**
   * What the providers said, in the order in which they were asked.
   *
   * @return the answers, empty if nobody was asked in this dispatch
   */
  public List<Attempt> attempts() {
    return attempts;
  }

  /**
   * Who sent the request.
   *
   * @return empty if that was not found out
   */
  public Optional<Identity> identity() {
    return Optional.ofNullable(identity);
  }

  /**
   * The name that a refused credential claims.
   *
   * @return a name that nobody has verified
   */
  public Optional<String> claimedName() {
    return Optional.ofNullable(claimedName);
  }

  /**
   * The tenant in which the request is to act.
   *
   * @return the tenant, empty if none was named
   */
  public Optional<String> tenant() {
    return Optional.ofNullable(tenant);
  }

  /**
   * What to tell a caller who is not authenticated.
   *
   * @return the challenges of the providers, in their order
   */
  public List<Challenge> challenges() {
    return challenges;
  }

  /**
   * When to try again.
   *
   * @return the time to wait, where the outcome has one
   */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /**
   * The header fields that the answer carries because of the transport or the origin of the request, whether
   * it passes or not.
   *
   * @return name to value, empty if there are none
   */
  public Map<String, String> headers() {
    return headers;
  }

  /**
   * Whether it is refused because a page of another site may have made a browser send it. The caller is told
   * that, since nothing else helps who wrote the page.
   *
   * @return whether that is the reason
   */
  public boolean isCrossSite() {
    return crossSite;
  }

  @Override
  public String toString() {
    return "Decision[" + id + " " + outcome + "]";
  }

  /** Collects the parts of a {@link Decision}. Not safe for use by several threads. */
  public static final class Builder {

    private final DecisionId id;
    private final Instant time;
    private final Dispatch dispatch;
    private final String method;
    private final String path;
    private final String remoteAddress;
    private @Nullable String rule;
    private List<Attempt> attempts = List.of();
    private @Nullable Identity identity;
    private @Nullable String claimedName;
    private @Nullable String tenant;
    private List<Challenge> challenges = List.of();
    private @Nullable Duration retryAfter;
    private Map<String, String> headers = Map.of();
    private boolean crossSite;

    private Builder(
        DecisionId id,
        Instant time,
        Dispatch dispatch,
        String method,
        String path,
        String remoteAddress) {
      this.id = requireNonNull(id, "id");
      this.time = requireNonNull(time, "time");
      this.dispatch = requireNonNull(dispatch, "dispatch");
      this.method = requireNonNull(method, "method");
      this.path = requireNonNull(path, "path");
      this.remoteAddress = requireNonNull(remoteAddress, "remoteAddress");
    }

    /**
     * Sets the rule that spoke.
     *
     * @param value the rule as written
     * @return this builder
     */
    public Builder rule(String value) {
      this.rule = requireNonNull(value, "rule");
      return this;
    }

    /**
     * Sets what the providers said.
     *
     * @param value the answers in their order
     * @return this builder
     */
    public Builder attempts(List<Attempt> value) {
      this.attempts = List.copyOf(value);
      return this;
    }

    /**
     * Sets who sent the request.
     *
     * @param value the identity
     * @return this builder
     */
    public Builder identity(Identity value) {
      this.identity = requireNonNull(value, "identity");
      return this;
    }

    /**
     * Sets the name that a refused credential claims.
     *
     * @param value the name, null if it claims none
     * @return this builder
     */
    public Builder claimedName(@Nullable String value) {
      this.claimedName = value;
      return this;
    }

    /**
     * Sets the tenant.
     *
     * @param value the tenant, null if none was named
     * @return this builder
     */
    public Builder tenant(@Nullable String value) {
      this.tenant = value;
      return this;
    }

    /**
     * Sets what to tell a caller who is not authenticated.
     *
     * @param value the challenges in their order
     * @return this builder
     */
    public Builder challenges(List<Challenge> value) {
      this.challenges = List.copyOf(value);
      return this;
    }

    /**
     * Sets when to try again.
     *
     * @param value the time to wait
     * @return this builder
     */
    public Builder retryAfter(Duration value) {
      this.retryAfter = requireNonNull(value, "retryAfter");
      return this;
    }

    /**
     * Adds a header field to the answer.
     *
     * @param name the field's name
     * @param value its value, which holds nothing that was not checked
     * @return this builder
     */
    public Builder header(String name, String value) {
      if (headers.isEmpty()) {
        headers = new HashMap<>();
      }
      headers.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
      return this;
    }

    /**
     * Notes that a page of another site may have made a browser send the request, and that it is refused for
     * that.
     *
     * @return this builder
     */
    public Builder crossSite() {
      this.crossSite = true;
      return this;
    }

    /**
     * Ends the decision.
     *
     * @param outcome how it ends
     * @param reason why, for the operator
     * @return the decision
     * @throws IllegalStateException if it would allow a request without an identity
     */
    public Decision end(Outcome outcome, String reason) {
      requireNonNull(outcome, "outcome");
      requireNonNull(reason, "reason");
      if (outcome == Outcome.ALLOWED && identity == null) {
        throw new IllegalStateException("nothing is allowed without an identity");
      }
      return new Decision(this, outcome, reason);
    }
  }
}
