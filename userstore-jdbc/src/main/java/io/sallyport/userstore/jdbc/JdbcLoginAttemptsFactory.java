package io.sallyport.userstore.jdbc;

import io.sallyport.spi.LoginAttempts;
import io.sallyport.spi.LoginAttemptsFactory;
import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.userstore.jdbc.internal.attempts.JdbcLoginAttempts;

/**
 * Makes counters of failed logins that all nodes on one database share, by the name {@code jdbc}.
 *
 * <p>Its properties are {@code database}, which may be left out if there is only one; {@code create_schema} and {@code
 * statement_timeout}; and the limits of {@link io.sallyport.spi.LoginLimits}, the same as those of {@code memory}.
 *
 * <pre>{@code
 * login_attempts:
 *   implementation: jdbc
 *   properties: {create_schema: true, failed_logins_before_account_lock: 5}
 * }</pre>
 *
 * @since 0.1
 */
public final class JdbcLoginAttemptsFactory implements LoginAttemptsFactory {

  /** Made by {@link java.util.ServiceLoader}. */
  public JdbcLoginAttemptsFactory() {}

  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public LoginAttempts create(Settings settings, ProviderContext context) {
    return JdbcLoginAttempts.open(settings, context);
  }
}
