package io.sallyport.spi;

/**
 * Makes what counts failed logins.
 *
 * @since 0.1
 */
public interface LoginAttemptsFactory extends Factory<LoginAttempts> {}
