package io.sallyport.spi;

import io.sallyport.api.AuthenticationRequest;
import io.sallyport.api.AuthenticationResult;
import io.sallyport.api.Challenge;
import java.util.List;
import java.util.Set;

/**
 * Establishes who sent a request, from one kind of credential.
 *
 * <p>Providers are asked in their configured order until one answers {@code Authenticated}.
 *
 * <p><b>Security.</b> Answer {@code NotPresented} only if the request holds no credential of this kind;
 * a malformed one is {@code Rejected}. An unknown user must cost as much time as a wrong password. Never
 * log a credential, and put none into a {@code Rejected}. A credential that outlives the request comes
 * with a {@link io.sallyport.api.StampCheck}. That the user is active and not locked is checked by the
 * gate, but whoever spends time on a check spends it on such users too, and hands on the name as the caller
 * wrote it ({@link io.sallyport.api.Evidence#withClaimedName}). A credential that browsers never send by
 * themselves is marked as such ({@link io.sallyport.api.Evidence#neverSentByBrowsers}); with any other, what
 * a page of another site may have sent is refused.
 *
 * <p><b>Threads.</b> One instance serves all requests concurrently.
 *
 * @since 0.1
 */
public interface AuthenticationProvider extends AutoCloseable {

  /**
   * Judges the credentials in {@code request}.
   *
   * @param request the request as received
   * @return the judgement; bad credentials are an outcome, never an exception
   * @throws UnavailableException if the answer cannot be known now: the request ends with 503
   */
  AuthenticationResult authenticate(AuthenticationRequest request);

  /**
   * Whether a request holds a credential of this kind, genuine or not. Must be as good as free: no
   * look-up, no waiting. Where it does not, {@link #authenticate} is not called, and the request takes
   * none of the places that {@code max_concurrent} gives to this provider; so whoever keeps a slow
   * provider busy does not hold up callers with other credentials.
   *
   * @param request the request as received
   * @return {@code false} only if {@link #authenticate} would answer {@code NotPresented}; {@code true}
   *     by default
   */
  default boolean isPresented(AuthenticationRequest request) {
    return true;
  }

  /**
   * What to tell a caller whom nobody authenticated.
   *
   * @param request the request that is refused
   * @return the challenges of this kind of credential, may be empty
   */
  default List<Challenge> challenges(AuthenticationRequest request) {
    return List.of();
  }

  /**
   * The header fields in which this provider looks for its credential. A request with one of them
   * twice, or (in the standard profile) with two different ones of all providers, is refused before
   * anybody is asked.
   *
   * <p>A provider that looks in none judges what belongs to the connection, as a client certificate does.
   * That comes with every request, whether or not it is meant for it: where a field of any provider holds a
   * credential, this provider is not asked.
   *
   * @return the names of the fields
   */
  default Set<String> credentialHeaders() {
    return Set.of("Authorization");
  }

  /** Frees what the provider holds. Called once, when no request uses it any more. */
  @Override
  default void close() {}
}
