package io.sallyport.spi;

/**
 * Makes token stores from {@code token_store:}.
 *
 * @since 0.1
 */
public interface TokenStoreFactory extends Factory<TokenStore> {}
