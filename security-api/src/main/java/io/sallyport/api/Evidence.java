package io.sallyport.api;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a subject was authenticated.
 *
 * @since 0.1
 */
public final class Evidence {

  private final String method;
  private final Instant signedInAt;
  private final Restrictions restrictions;
  private final @Nullable StampCheck stampCheck;
  private final @Nullable String claimedName;
  private final boolean sentByBrowsers;
  private final boolean counted;
  private final @Nullable TokenDetails token;

  private Evidence(
      String method,
      Instant signedInAt,
      Restrictions restrictions,
      @Nullable StampCheck stampCheck,
      @Nullable String claimedName,
      boolean sentByBrowsers,
      boolean counted,
      @Nullable TokenDetails token) {
    this.method = method;
    this.signedInAt = signedInAt;
    this.restrictions = restrictions;
    this.stampCheck = stampCheck;
    this.claimedName = claimedName;
    this.sentByBrowsers = sentByBrowsers;
    this.counted = counted;
    this.token = token;
  }

  /**
   * Evidence without restrictions.
   *
   * @param method a word for the kind of credential, such as {@code basic} or {@code token}; the host
   *     sees it as {@code getAuthType()}
   * @param signedInAt when the subject last proved itself by a password or to an outside issuer; for
   *     a token the instant at which that was done for the token, not the token's own
   * @return the evidence
   */
  public static Evidence of(String method, Instant signedInAt) {
    return new Evidence(
        requireNonNull(method, "method"),
        requireNonNull(signedInAt, "signedInAt"),
        Restrictions.none(),
        null,
        null,
        true,
        false,
        null);
  }

  /**
   * This evidence from a credential that is good for less than its user may do.
   *
   * @param value the restrictions
   * @return new evidence
   */
  public Evidence withRestrictions(Restrictions value) {
    return new Evidence(
        method,
        signedInAt,
        requireNonNull(value, "restrictions"),
        stampCheck,
        claimedName,
        sentByBrowsers,
        counted,
        token);
  }

  /**
   * This evidence from a credential that ends when its user's stamp changes. Whatever outlives a
   * request needs it.
   *
   * @param value what the credential remembers of the stamp
   * @return new evidence
   */
  public Evidence withStampCheck(StampCheck value) {
    return new Evidence(
        method,
        signedInAt,
        restrictions,
        requireNonNull(value, "stampCheck"),
        claimedName,
        sentByBrowsers,
        counted,
        token);
  }

  /**
   * This evidence from a credential that names the user in the caller's own words. Where the user must be
   * refused all the same, the answer repeats them and not the store's spelling, so that it is the answer to
   * a wrong password.
   *
   * @param value the name as the caller wrote it
   * @return new evidence
   */
  public Evidence withClaimedName(String value) {
    return new Evidence(
        method,
        signedInAt,
        restrictions,
        stampCheck,
        requireNonNull(value, "claimedName"),
        sentByBrowsers,
        counted,
        token);
  }

  /**
   * This evidence from a credential that a browser never sends by itself, since a page has to put it into the
   * request each time: a token in a header field that a page of another site cannot set unasked. Say so only
   * if it is so. Without it, a request that changes something is refused where a page of another site may
   * have made a browser send it; so it is for passwords in HTTP Basic, client certificates and cookies.
   *
   * @return new evidence
   */
  public Evidence neverSentByBrowsers() {
    return new Evidence(
        method, signedInAt, restrictions, stampCheck, claimedName, false, counted, token);
  }

  /**
   * This evidence from a credential that was checked in an admitted {@link io.sallyport.spi.LoginAttempt}:
   * whether failed logins have locked the account was settled by that, for this client. Without it, the
   * user of a locked account is refused where the configuration says {@code lock_applies_to: all}.
   *
   * @return new evidence
   */
  public Evidence asCounted() {
    return new Evidence(
        method, signedInAt, restrictions, stampCheck, claimedName, sentByBrowsers, true, token);
  }

  /**
   * This evidence from a token, so that it can be named, and ended, by its id.
   *
   * @param value what is known of the token
   * @return new evidence
   */
  public Evidence withToken(TokenDetails value) {
    return new Evidence(
        method,
        signedInAt,
        restrictions,
        stampCheck,
        claimedName,
        sentByBrowsers,
        counted,
        requireNonNull(value, "token"));
  }

  /**
   * The kind of credential.
   *
   * @return a word such as {@code basic}
   */
  public String method() {
    return method;
  }

  /**
   * When the subject last proved itself by more than a token of ours.
   *
   * @return the instant
   */
  public Instant signedInAt() {
    return signedInAt;
  }

  /**
   * What the credential is good for at most.
   *
   * @return the restrictions
   */
  public Restrictions restrictions() {
    return restrictions;
  }

  /**
   * What the credential remembers of the user's stamp.
   *
   * @return empty if it was judged in this request alone, as a password is
   */
  public Optional<StampCheck> stampCheck() {
    return Optional.ofNullable(stampCheck);
  }

  /**
   * The name as the caller wrote it.
   *
   * @return empty if the credential holds none, as a token does
   */
  public Optional<String> claimedName() {
    return Optional.ofNullable(claimedName);
  }

  /**
   * Whether a browser may have sent the credential by itself, whatever page made it send the request.
   *
   * @return true unless the provider says otherwise
   */
  public boolean mayBeSentByBrowsers() {
    return sentByBrowsers;
  }

  /**
   * Whether the credential was checked in an admitted login attempt.
   *
   * @return false unless the provider says otherwise
   */
  public boolean isCounted() {
    return counted;
  }

  /**
   * The token that was presented.
   *
   * @return what is known of it, empty if the credential is none
   */
  public Optional<TokenDetails> token() {
    return Optional.ofNullable(token);
  }

  @Override
  public String toString() {
    return "Evidence[method=" + method + ", signedInAt=" + signedInAt + ", " + restrictions + "]";
  }
}
