package io.sallyport.authprovider.password.internal.hash;

import static java.util.Objects.requireNonNull;

/**
 * What one comparison with a stored hash costs. Equal costs take equal time on one machine.
 *
 * @param scheme the scheme, such as {@code argon2id}
 * @param parameters its parameters, such as {@code m=19456,t=2,p=1}; never salt or hash
 * @param memoryKib how much memory is needed meanwhile, 0 if next to none
 */
public record HashCost(String scheme, String parameters, int memoryKib) {
  /** Checks the parts. */
  public HashCost {
    requireNonNull(scheme, "scheme");
    requireNonNull(parameters, "parameters");
  }
}
