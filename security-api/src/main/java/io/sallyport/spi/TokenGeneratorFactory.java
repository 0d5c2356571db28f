package io.sallyport.spi;

/**
 * Makes token generators.
 *
 * @since 0.1
 */
public interface TokenGeneratorFactory extends Factory<TokenGenerator> {}
