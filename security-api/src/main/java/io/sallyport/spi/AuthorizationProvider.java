package io.sallyport.spi;

import io.sallyport.api.Authorization;
import io.sallyport.api.Identity;
import io.sallyport.api.Target;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a known caller may do. Speaks beside the {@code rules:} of the configuration: where both
 * speak, both must say yes, and a denial by either wins.
 *
 * <p><b>Security.</b> What is not understood is not allowed. The restrictions of the credential are
 * applied by the gate and are already in {@link Identity#roles(String)}.
 *
 * <p><b>Threads.</b> One instance serves all requests concurrently.
 *
 * @since 0.1
 */
public interface AuthorizationProvider extends AutoCloseable {

  /**
   * Decides.
   *
   * @param identity the caller
   * @param tenant the tenant in which the request acts, null if none was named
   * @param target what is asked for
   * @return the decision, with its reason
   * @throws UnavailableException if that cannot be told now
   */
  Authorization decide(Identity identity, @Nullable String tenant, Target target);

  /**
   * Whether some caller is explicitly denied this target. Then not even an open rule lets anybody pass
   * who has not been authenticated, since who is denied could simply leave the credentials out.
   *
   * @param target what is asked for
   * @return whether {@link #decide} could answer {@code Denied} for somebody
   */
  default boolean mayDeny(Target target) {
    return false;
  }

  /** Frees what the provider holds. Called once, when no request uses it any more. */
  @Override
  default void close() {}
}
