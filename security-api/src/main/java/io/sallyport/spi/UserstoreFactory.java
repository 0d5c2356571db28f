package io.sallyport.spi;

/**
 * Makes userstores.
 *
 * @since 0.1
 */
public interface UserstoreFactory extends Factory<Userstore> {}
