package io.sallyport.spi;

/**
 * Makes authentication providers.
 *
 * @since 0.1
 */
public interface AuthenticationProviderFactory extends Factory<AuthenticationProvider> {}
