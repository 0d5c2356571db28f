package io.sallyport.spi;

import io.sallyport.api.Identity;
import io.sallyport.api.IssuedToken;
import io.sallyport.api.TokenRequest;
import java.util.Optional;

/**
 * Makes tokens that some authentication provider understands.
 *
 * <p><b>Security.</b> A token is never good for more, nor beyond the end, that {@link
 * Identity#restrictions()} of the credential that asks for it set; and tokens that are made with tokens end
 * some time after {@link Identity#signedInAt()}, however often they are renewed. It is bound to the user's {@link Identity#securityStamp()},
 * of which it shows nothing. A wish for more than the caller's credential is good for is refused, and neither a stored token nor one
 * that is restricted makes another unless the configuration permits it.
 *
 * <p><b>Threads.</b> One instance serves all requests concurrently.
 *
 * @since 0.1
 */
public interface TokenGenerator extends AutoCloseable {

  /**
   * Makes a token for the caller.
   *
   * @param identity the caller of this request
   * @param request what the caller wishes
   * @return the token; its value is handed out once and not kept
   * @throws IllegalArgumentException if the wish cannot be met; the message is shown to the caller
   * @throws NotPermittedException if this caller may have no token; the message is shown to the caller
   * @throws UnavailableException if no token can be made now
   */
  IssuedToken generate(Identity identity, TokenRequest request);

  /**
   * The public halves of the keys that tokens are or were or will soon be signed with, for others who verify
   * them: a JWK Set (RFC 7517 section 5) without any private or symmetric key.
   *
   * @return the set as JSON, anew at each call; empty if this generator signs with no such keys
   */
  default Optional<String> publicKeys() {
    return Optional.empty();
  }

  /** Frees what the generator holds. Called once, when no request uses it any more. */
  @Override
  default void close() {}
}
