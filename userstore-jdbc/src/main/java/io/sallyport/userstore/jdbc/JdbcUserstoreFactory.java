package io.sallyport.userstore.jdbc;

import io.sallyport.spi.ProviderContext;
import io.sallyport.spi.Settings;
import io.sallyport.spi.Userstore;
import io.sallyport.spi.UserstoreFactory;
import io.sallyport.userstore.jdbc.internal.users.JdbcUserstore;

/**
 * Makes userstores from tables of a database, by the name {@code jdbc}: our own, those of Spring Security or of
 * Tomcat, or whichever there are.
 *
 * <p>Its properties are {@code database}, which may be left out if there is only one; {@code create_schema} and
 * {@code statement_timeout}; {@code queries}, the name of a ready-made set or a mapping of statements; {@code
 * case_insensitive} and {@code complete_name_keys}; {@code upgrade_hashes}; and {@code max_staleness}, {@code
 * stale_if_error} and {@code max_users}, all of which {@code docs/configuration.md} describes.
 *
 * <pre>{@code
 * userstore:
 *   implementation: jdbc
 *   properties: {create_schema: true}
 * }</pre>
 *
 * @since 0.1
 */
public final class JdbcUserstoreFactory implements UserstoreFactory {

  /** Made by {@link java.util.ServiceLoader}. */
  public JdbcUserstoreFactory() {}

  @Override
  public String name() {
    return "jdbc";
  }

  @Override
  public Userstore create(Settings settings, ProviderContext context) {
    return JdbcUserstore.open(settings, context);
  }
}
