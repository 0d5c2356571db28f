package io.sallyport.spi;

/**
 * Makes databases.
 *
 * @since 0.1
 */
public interface DatabaseFactory extends Factory<Database> {}
