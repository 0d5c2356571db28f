package io.sallyport.spi;

/**
 * Makes authorization providers.
 *
 * @since 0.1
 */
public interface AuthorizationProviderFactory extends Factory<AuthorizationProvider> {}
