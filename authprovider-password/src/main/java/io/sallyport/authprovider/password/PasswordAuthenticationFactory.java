package io.sallyport.authprovider.password;

import io.sallyport.authprovider.password.internal.PasswordSettings;
import io.sallyport.spi.AuthenticationProvider;
import io.sallyport.spi.AuthenticationProviderFactory;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;

/**
 * Makes the provider {@code password}: HTTP Basic (RFC 7617) against the userstores of its entry, in
 * their order; the first that knows the user decides.
 *
 * <p>Its properties, all optional:
 *
 * <ul>
 *   <li>{@code realm}: what browsers show, {@code Sallyport} by default
 *   <li>{@code challenge}: {@code false} sends no {@code WWW-Authenticate}, so that browsers open no
 *       dialog; {@code true} by default
 *   <li>{@code hashing.threads}: how many passwords are checked at once, 1 to 256, as many as there are
 *       processors by default
 *   <li>{@code hashing.queue}: how many more may wait, 1 to 100,000, eight for each thread by default;
 *       whoever finds no room is told to come back (503)
 *   <li>{@code hashing.memory_mib}: how much memory all that are checked at once may take together; 64 for
 *       each thread by default, and at least what one stored hash may take
 *   <li>{@code hashing.min_pad}, {@code hashing.max_pad}: every refused password is answered no earlier than
 *       a time after its check began that is learnt from how long checks take, at least and at most these,
 *       0 to 30 seconds; 0 and 1 second by default
 *   <li>{@code argon2.memory_kib}, {@code argon2.iterations}, {@code argon2.parallelism}: the cost of
 *       new hashes, and of what unknown users cost; 19456, 2 and 1 by default. Stored hashes are checked
 *       at the cost that they name.
 *   <li>{@code argon2.backend}: {@code native}, {@code java} (Bouncy Castle), or {@code auto}, which is the
 *       first of both that can be loaded, by default
 *   <li>{@code limits}: what a stored hash may cost at most, and {@code allow_plaintext}: whether passwords
 *       stored in the clear may match, {@code false} by default
 *   <li>{@code cache}: {@code off}, or how many right credentials are remembered ({@code entries}, 1 to
 *       1,000,000, 10,000 by default) and how long after they were checked ({@code max_age}, 1 second to 1
 *       hour, 5 minutes by default), so that the next request with them need not be checked again
 *   <li>{@code upgrade}: whether a stored hash that is weaker than a new one would be is replaced when its
 *       user signs in, {@code true} by default
 *   <li>{@code pepper.keys}, {@code pepper.current}: secret keys by their version, each at least 32 random
 *       bytes in base64, and the version that new hashes are made with, or {@code none}; none by default
 * </ul>
 *
 * <p><b>Security.</b> Passwords are at most 4,096 bytes of UTF-8 without control characters. A stored
 * hash in no known form matches no password. Unknown users, inactive and locked ones, and those without a
 * password are refused with the answer, at the cost and after the time of a wrong password, and count the
 * same.
 *
 * @since 0.1
 */
public final class PasswordAuthenticationFactory implements AuthenticationProviderFactory {

  /** Makes a factory, as the service loader does. */
  public PasswordAuthenticationFactory() {}

  @Override
  public String name() {
    return "password";
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.sallyport.spi.InvalidSettingsException if Argon2 cannot be loaded or computes wrongly
   */
  @Override
  public AuthenticationProvider create(Settings settings, ProviderContext context) {
    return new PasswordSettings(settings, context).provider();
  }
}
