package io.sallyport.api;

import static java.util.Objects.requireNonNull;

/**
 * What one provider said in the course of a decision.
 *
 * @param provider the name of the provider's entry
 * @param answer a word: {@code authenticated}, {@code not_presented}, a {@link
 *     AuthenticationResult.Reason} in lower case, {@code throttled} or {@code unavailable}
 * @param detail more about it for the operator, may be empty
 * @since 0.1
 */
public record Attempt(String provider, String answer, String detail) {
  /**
   * What one provider said.
   *
   * @param provider the name of the provider's entry
   * @param answer the word
   * @param detail more about it, may be empty
   */
  public Attempt {
    requireNonNull(provider, "provider");
    requireNonNull(answer, "answer");
    requireNonNull(detail, "detail");
  }
}
