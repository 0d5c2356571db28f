package io.sallyport.authprovider.token.internal.jws;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key that a token claims to be signed with.
 *
 * @param <K> the kind of keys
 */
@FunctionalInterface
public interface VerificationKeys<K extends VerificationKey> {

  /**
   * The key of a name that is in force now. The name is hostile input: it is looked up in a map and used for
   * nothing else.
   *
   * @param keyId the token's {@code kid}, null if it has none
   */
  Optional<K> find(@Nullable String keyId);
}
