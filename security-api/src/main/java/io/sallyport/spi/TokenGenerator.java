package io.sallyport.spi;

import io.sallyport.api.Identity;
import io.sallyport.api.IssuedToken;
import io.sallyport.api.TokenRequest;

/**
 * Makes tokens that some authentication provider understands.
 *
 * <p><b>Security.</b> A token is never good for more, nor beyond the end, that {@link
 * Identity#restrictions()} of the credential that asks for it set; and tokens that are made with tokens end
 * some time after {@link Identity#signedInAt()}, however often they are renewed. It is bound to the user's {@link Identity#securityStamp()},
 * of which it shows nothing.
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

  /** Frees what the generator holds. Called once, when no request uses it any more. */
  @Override
  default void close() {}
}
